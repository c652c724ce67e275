package import Access
package import Contracts
package import NIOCore
package import Wire

/// Makes a task of a slow call; plugged in from above.
package protocol Deferral: Sendable {
    /// The answer for the caller: the task, with status 202. Throws the problem for the caller.
    func submit(
        provider: String, operation: String, input: JSONValue, caller: Caller, idempotencyKey: String?,
        requestID: String
    ) async throws -> (head: ResponseHead, content: ByteBuffer)
}
