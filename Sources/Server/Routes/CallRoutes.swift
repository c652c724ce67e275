import Access
import Contracts
import Gateway
import HTTPTypes
import Hummingbird
import Inventory
import NIOCore
import Store
import Tasks
import Wire

/// `POST /v1/calls/{provider}.{operation}`: a call by its operation's name.
struct CallRoutes {
    let recognition: CallerRecognition
    let corridor: Corridor
    let tasks: TaskService
    private static let bodyLimit = 10 << 20

    func add(to router: Router<ServerContext>) {
        router.post("v1/calls/{id}") { request, context in try await typed(request, context) }
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
                language: request.headers[.acceptLanguage], mayDefer: true))
    }

    private func answer(_ call: CallRequest) async throws -> Response {
        switch try await corridor.call(call) {
        case .answer(let answer):
            return Response(
                status: HTTPResponse.Status(code: answer.status), headers: HTTPFields(answer.fields),
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
