package import Contracts
package import Store
import Synchronization

/// Keeps examples of calls for contract tests, while a person has switched it on and no longer.
///
/// Off, it costs a call one look at a flag. What it keeps is bounded: so many examples of each operation and of all, each
/// of bounded size, of calls of one shape only the first.
package final class Recorder: Sendable {
    package struct Status: Sendable, Equatable {
        /// nil: of all providers.
        package let provider: String?
        package let until: Timestamp
        /// Examples kept so far.
        package let count: Int
    }

    package struct Entry: Sendable {
        /// Counts up from 1.
        package let number: Int
        package let provider: String
        package let operation: String
        package let example: RecordedExample
    }

    private struct State {
        var provider: String?
        var until: Timestamp?
        var entries: [Entry] = []
        /// `provider.operation` to the names of the shapes kept.
        var shapes: [String: Set<String>] = [:]
    }

    /// The longest recording.
    package static let longest = Duration.seconds(3600)
    /// Largest body, of the request or the answer, in bytes.
    static let bodyLimit = 32 << 10
    private static let mostOfOne = 16
    private static let mostOfAll = 500

    private let isOn = Atomic<Bool>(false)
    private let state = Mutex(State())

    package init() {}

    /// Whether anything may be wanted; cheap, for every call.
    var mayWant: Bool { isOn.load(ordering: .relaxed) }

    /// Begins anew; what an earlier recording kept is forgotten.
    package func start(provider: String?, until: Timestamp) {
        state.withLock { $0 = State(provider: provider, until: until) }
        isOn.store(true, ordering: .releasing)
    }

    /// Ends; what was kept can still be read.
    package func stop() {
        isOn.store(false, ordering: .releasing)
        state.withLock { $0.until = nil }
    }

    /// nil while nothing is recorded.
    package func status(at now: Timestamp) -> Status? {
        state.withLock { state in
            guard let until = state.until, now < until else { return nil }
            return Status(provider: state.provider, until: until, count: state.entries.count)
        }
    }

    /// What was kept after the entry of that number.
    package func entries(after number: Int) -> [Entry] {
        state.withLock { $0.entries.filter { $0.number > number } }
    }

    /// Whether a call of this operation is wanted now.
    func wants(provider: String, operation: String, at now: Timestamp) -> Bool {
        state.withLock { state in
            guard let until = state.until, now < until else {
                isOn.store(false, ordering: .releasing)
                return false
            }
            return (state.provider ?? provider) == provider && state.entries.count < Self.mostOfAll
                && (state.shapes["\(provider).\(operation)"]?.count ?? 0) < Self.mostOfOne
        }
    }

    /// Keeps the example unless one of its shape is there.
    func keep(_ example: RecordedExample, provider: String, operation: String) {
        let name = example.name
        state.withLock { state in
            guard state.until != nil, state.shapes["\(provider).\(operation)", default: []].insert(name).inserted else {
                return
            }
            state.entries.append(
                Entry(number: state.entries.count + 1, provider: provider, operation: operation, example: example))
        }
    }
}
