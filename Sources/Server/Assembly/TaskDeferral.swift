import Access
import Contracts
import Gateway
import NIOCore
import Store
import Tasks
import Wire

/// Makes a task of a slow call, so that nobody waits for it on the line.
struct TaskDeferral: Deferral {
    let tasks: TaskService

    func submit(
        provider: String, operation: String, input: JSONValue, caller: Caller, idempotencyKey: String?,
        requestID: String
    ) async throws -> (head: ResponseHead, content: ByteBuffer) {
        let submission = try await tasks.submitCall(
            provider: provider, operation: operation, input: input, caller: TaskOwner(caller),
            idempotencyKey: idempotencyKey)
        let task = try TaskRoutes.task(submission)
        let body = ByteBuffer(bytes: TaskView.object(task).encoded())
        let fields: FieldList = [
            .contentType: "application/json", .cacheControl: "no-store", .location: "/v1/tasks/\(task.id)",
        ]
        return (ResponseHead(status: 202, fields: fields, length: .exactly(body.readableBytes)), body)
    }
}
