package import Contracts
import Synchronization

/// Fans changes out to whoever watches; a watcher that is too slow loses the oldest and is told to take a fresh snapshot.
package final class LiveHub: Sendable {
    /// One change.
    package struct Message: Sendable {
        package let number: Int
        package let topic: String
        package let event: String
        package let data: JSONValue
    }

    private struct State {
        var number = 0
        var watchers: [Int: AsyncStream<Message>.Continuation] = [:]
        var nextWatcher = 0
    }

    private static let buffered = 256
    private let state = Mutex(State())

    package init() {}

    package func publish(topic: String, event: String, _ data: @autoclosure () -> JSONValue) {
        state.withLock { state in
            guard !state.watchers.isEmpty else { return }
            state.number += 1
            let message = Message(number: state.number, topic: topic, event: event, data: data())
            for watcher in state.watchers.values { watcher.yield(message) }
        }
    }

    /// Whether anybody would see a change: totals are not computed for nobody.
    package var hasWatchers: Bool { state.withLock { !$0.watchers.isEmpty } }

    /// Changes from now on; ends when the reader stops reading.
    package func watch() -> AsyncStream<Message> {
        let (stream, continuation) = AsyncStream<Message>.makeStream(bufferingPolicy: .bufferingNewest(Self.buffered))
        let id = state.withLock { state in
            state.nextWatcher += 1
            state.watchers[state.nextWatcher] = continuation
            return state.nextWatcher
        }
        continuation.onTermination = { [weak self] _ in
            self?.state.withLock { _ = $0.watchers.removeValue(forKey: id) }
        }
        return stream
    }

    /// Ends all streams, so that a shutdown is not held up by watchers.
    package func close() {
        let watchers = state.withLock { state in
            defer { state.watchers.removeAll() }
            return Array(state.watchers.values)
        }
        for watcher in watchers { watcher.finish() }
    }
}
