import Access
import Contracts
import Gateway
import NIOCore
import Store
import Tasks

/// Lets a task's steps call providers: through the same corridor as everybody, in the name of the task's owner.
struct CorridorCallRunner: CallRunner {
    let corridor: Corridor
    let ids: any IDSource
    /// A task has time: a step may wait out a provider's limits for this long.
    static let patience = Duration.seconds(300)

    func call(_ call: StepCall, onTry: @escaping @Sendable (CallTry) async -> Void) async throws -> JSONValue {
        let requestID = call.requestID ?? ids.next("r_")
        // The submission was authorised for the recipe; the recipe is the project's own, so its calls are allowed.
        let caller = Caller(
            id: call.owner, name: "task", tenant: call.tenant,
            scopes: [.operation(provider: call.provider, name: call.operation)])
        let request = CallRequest(
            provider: call.provider, target: .typed(operation: call.operation, input: call.input),
            credential: .known(caller),
            origin: CallRequest.TaskOrigin(task: call.task, step: call.step), requestID: requestID,
            idempotencyKey: call.idempotencyKey, mayDefer: false, patience: Self.patience)
        do {
            guard case .answer(let answer) = try await corridor.call(request, onTry: onTry) else {
                throw CancellationError()
            }
            return answer.json ?? .string(String(buffer: answer.body))
        } catch let problem as Problem {
            throw Problem(json: problem.json(requestID: requestID))
        }
    }
}
