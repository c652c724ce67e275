import Inventory

extension Provider {
    /// This provider with one operation, as contract tests play it: without limits, retries and cache, since nobody is
    /// asked and nobody must wait.
    func played(_ operation: Operation) -> Provider {
        let nowhere = ServiceURL(scheme: .http, host: "127.0.0.1", port: 9, basePath: "")
        return Provider(
            name: name, title: title, environments: [.sandbox: ProviderEnvironment(url: nowhere)], auth: auth,
            retries: RetryRules(attempts: 1), errors: errors,
            operations: [
                Operation(
                    name: operation.name, method: operation.method, path: operation.path, risk: operation.risk,
                    idempotencyHeader: operation.idempotencyHeader, request: operation.request,
                    response: operation.response, drift: operation.drift, model: operation.model,
                    errors: operation.errors)
            ])
    }
}
