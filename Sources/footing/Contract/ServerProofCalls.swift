import Contracts
import Gateway
import Inventory
import Server

/// Makes the calls of a contract test through a running server: as a vendor's SDK would, so that the payload comes as the
/// provider sent it; slow operations as tasks.
struct ServerProofCalls: ProofCalls {
    let client: FootingClient
    let routes: RouteTable
    private static let patience = Duration.seconds(300)

    func call(
        provider: String, operation: String, input: JSONValue, key: String?
    ) async throws -> ProofAnswer {
        guard let route = routes.provider(provider)?.operation(operation) else {
            throw Failure(.notFound, "The inventory has no operation \(provider).\(operation)")
        }
        guard route.operation.latency == .fast, let target = TypedInput.target(of: route.operation, input) else {
            return try await typed("\(provider).\(operation)", input, key)
        }
        let body = input["body"]
        let answer = try await client.exchange(
            route.operation.method, "/p/\(provider)\(target)", body: body, key: key, patience: Self.patience)
        guard (200..<400).contains(answer.status) else { return Self.failed(answer) }
        var result = ProofAnswer(status: answer.status, contentType: answer.contentType)
        guard let payload = try? JSONDocument.parse(answer.body) else { return result }
        if let contract = route.response { result.findings = Drift.findings(schema: contract, document: payload) }
        if let model = route.model {
            do {
                _ = try model.map(payload.value)
            } catch {
                result.status = 502
                result.problem = ["code": "model_failed", "title": "Answer could not be mapped", "source": "footing"]
                result.log = error.summary
            }
        }
        return result
    }

    /// By name; a task that stands for a slow operation is waited for.
    private func typed(_ name: String, _ input: JSONValue, _ key: String?) async throws -> ProofAnswer {
        let answer = try await client.exchange(
            "POST", "/v1/calls/\(PercentEncoding.encode(name))", body: input, key: key, patience: Self.patience)
        guard (200..<400).contains(answer.status) else { return Self.failed(answer) }
        guard answer.status == 202, let id = (try? JSONValue.parse(answer.body))?["id"]?.stringValue else {
            return ProofAnswer(status: answer.status)
        }
        var after = 0
        while true {
            let task = try await client.get("/v1/tasks/\(PercentEncoding.encode(id))", subject: name)
            switch task["state"]?.stringValue {
            case "done": return ProofAnswer(status: 200)
            case "failed", "cancelled":
                let problem = task["problem"] ?? .null
                return ProofAnswer(status: problem["status"]?.intValue ?? 502, problem: problem)
            case "queued", "running", "waiting":
                let page = try await client.get(
                    "/v1/tasks/\(PercentEncoding.encode(id))/events", [("after", "\(after)"), ("wait", "20")],
                    subject: name,
                    patience: .seconds(40))
                after = page.list("events").last?.int("n") ?? after
            default:
                throw Failure(.failed, "The task \(id.printable) has no state that is known")
            }
        }
    }

    private static func failed(_ answer: FootingClient.Answer) -> ProofAnswer {
        let problem = try? JSONValue.parse(answer.body)
        return ProofAnswer(
            status: answer.status,
            problem: problem?.objectValue == nil ? ["code": "unexpected", "title": "No problem document"] : problem)
    }
}
