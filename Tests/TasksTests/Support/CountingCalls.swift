import Contracts
import Store
import Synchronization

@testable import Tasks

/// A stand-in for the corridor: answers by a closure, and counts what it was asked for.
final class CountingCalls: CallRunner {
    typealias Answer = @Sendable (StepCall, @Sendable (CallTry) async -> Void) async throws -> JSONValue

    private let answer: Answer
    private let seen = Mutex<[StepCall]>([])

    init(_ answer: @escaping Answer = { call, _ in call.input }) {
        self.answer = answer
    }

    /// All calls so far, in the order they came.
    var calls: [StepCall] { seen.withLock { $0 } }

    func count(of step: String) -> Int {
        calls.count { $0.step == step }
    }

    func call(_ call: StepCall, onTry: @escaping @Sendable (CallTry) async -> Void) async throws -> JSONValue {
        seen.withLock { $0.append(call) }
        return try await answer(call, onTry)
    }
}
