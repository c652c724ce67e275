import Access
import Contracts
import Gateway
import HTTPTypes
import Hummingbird
import Inventory
import NIOCore
import Store
import Tasks

/// The corridor over HTTP: `ANY /p/{provider}/{path}` for vendor SDKs, `POST /v1/calls/{provider}.{operation}` for typed calls.
struct CallRoutes {
    let recognition: CallerRecognition
    let corridor: Corridor
    let tasks: TaskService
    private static let bodyLimit = 10 << 20

    func add(to router: Router<ServerContext>) {
        for method in [HTTPRequest.Method.get, .head, .post, .put, .patch, .delete, .options] {
            router.on("p/{provider}/**", method: method) { request, context in try await passThrough(request, context) }
            router.on("p/{provider}", method: method) { request, context in try await passThrough(request, context) }
        }
        router.post("v1/calls/{id}") { request, context in try await typed(request, context) }
    }

    private func passThrough(_ request: Request, _ context: ServerContext) async throws -> Response {
        var request = request
        let provider = try context.parameters.require("provider")
        let body = try await request.wholeBody(limit: Self.bodyLimit)
        let credential: CallRequest.Credential =
            CallerRecognition.cookie(CallerRecognition.sessionCookie, of: request) != nil
                && request.headers[.authorization] == nil
            ? .known(try await recognition.caller(of: request)) : .presented
        let target = request.uri.string
        let path = target.prefix { $0 != "?" }.dropFirst("/p/\(provider)".count)
        let query = target.firstIndex(of: "?").map { String(target[target.index(after: $0)...]) }
        return try await answer(
            CallRequest(
                provider: provider,
                target: .passThrough(
                    method: request.method.rawValue, path: path.isEmpty ? "/" : String(path), query: query,
                    headers: request.headers,
                    body: body),
                credential: credential, requestID: context.requestID, idempotencyKey: try request.idempotencyKey(),
                mayDefer: true))
    }

    private func typed(_ request: Request, _ context: ServerContext) async throws -> Response {
        var request = request
        let caller = try await recognition.caller(of: request)
        let name = try context.parameters.require("id")
        let parts = name.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else {
            throw Problem.notFound("A call is named PROVIDER.OPERATION.")
        }
        let input = try await request.jsonObject(limit: Self.bodyLimit)
        return try await answer(
            CallRequest(
                provider: String(parts[0]), target: .typed(operation: String(parts[1]), input: .object(input)),
                credential: .known(caller), requestID: context.requestID, idempotencyKey: try request.idempotencyKey(),
                mayDefer: true))
    }

    private func answer(_ call: CallRequest) async throws -> Response {
        switch try await corridor.call(call) {
        case .answer(let answer):
            return Response(
                status: HTTPResponse.Status(code: answer.status), headers: answer.headers,
                body: ResponseBody(byteBuffer: answer.body))
        case .deferred(let operation, let input, let caller):
            let submission = try await tasks.submitCall(
                provider: call.provider, operation: operation, input: input, caller: TaskOwner(caller),
                idempotencyKey: call.idempotencyKey)
            return try TaskRoutes.accepted(submission)
        }
    }
}

extension TaskOwner {
    init(_ caller: Caller) {
        self.init(tenant: caller.tenant, ownerID: caller.id, ownerName: caller.name)
    }
}
