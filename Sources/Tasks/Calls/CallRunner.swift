package import Contracts
package import Store

/// The way from a step to a provider; plugged in from above, so that tasks know nothing of the corridor.
package protocol CallRunner: Sendable {
    /// Makes the call with all its retries and returns the mapped answer.
    ///
    /// `onTry` is told of every attempt as soon as its outcome is known. Throws `Problem` when the call failed, and
    /// `CancellationError` when the surrounding task was cancelled.
    func call(_ call: StepCall, onTry: @escaping @Sendable (CallTry) async -> Void) async throws -> JSONValue
}
