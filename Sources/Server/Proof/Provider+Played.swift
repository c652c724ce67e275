import Inventory

extension Provider {
    /// This provider with some of its operations as contract tests play it: without limits, retries and cache, since nobody
    /// is asked and nobody must wait.
    func played(_ operations: [Operation]) -> Provider {
        let nowhere = ServiceURL(scheme: .http, host: "127.0.0.1", port: 9, basePath: "")
        return Provider(
            name: name, title: title, environments: [.sandbox: ProviderEnvironment(url: nowhere)], auth: auth,
            retries: RetryRules(attempts: 1), errors: errors,
            operations: operations.map { operation in
                Operation(
                    name: operation.name, method: operation.method, path: operation.path, risk: operation.risk,
                    idempotencyHeader: operation.idempotencyHeader, request: operation.request,
                    response: operation.response, drift: operation.drift, model: operation.model,
                    errors: operation.errors)
            })
    }
}
