import Store
import Synchronization

/// Tells those who follow a task that its journal has grown, and hands them the newest events from memory.
///
/// Only followed tasks cost memory: a handful of events each, shared by all their followers. A reader too slow for that
/// reads from the store instead.
package final class JournalHub: Sendable {
    fileprivate struct Topic {
        var followers = 0
        /// Number of the newest event seen since the first follower came.
        var latest = 0
        /// Without gaps, ending with `latest`.
        var recent: [JournalEvent] = []
        var waiting: [Int: CheckedContinuation<Void, Never>] = [:]
    }

    private struct State {
        var topics: [String: Topic] = [:]
        var nextID = 0
        var watchers: [Int: AsyncStream<String>.Continuation] = [:]
    }

    fileprivate static let kept = 64
    private let state = Mutex(State())

    package init() {}

    /// Ids of tasks as they change, for a page that shows many. A reader that is slower than 512 changes loses the oldest
    /// ones: it shows a list, and the list is read from the store.
    package func changes() -> AsyncStream<String> {
        let (stream, continuation) = AsyncStream.makeStream(of: String.self, bufferingPolicy: .bufferingNewest(512))
        let id = state.withLock { state in
            state.nextID += 1
            state.watchers[state.nextID] = continuation
            return state.nextID
        }
        continuation.onTermination = { [weak self] _ in
            _ = self?.state.withLock { $0.watchers.removeValue(forKey: id) }
        }
        return stream
    }

    /// How many follow the task now.
    package func followers(of task: String) -> Int {
        state.withLock { $0.topics[task]?.followers ?? 0 }
    }

    /// The tasks that are followed, each with the number of the newest event seen; zero before the first.
    func followed() -> [(task: String, latest: Int)] {
        state.withLock { state in state.topics.map { ($0.key, $0.value.latest) } }
    }

    /// Called once events are durable, in their order.
    func publish(_ task: String, _ events: [JournalEvent]) {
        guard !events.isEmpty else { return }
        let (waiting, watchers) = state.withLock { state in
            (state.topics[task]?.add(events) ?? [], Array(state.watchers.values))
        }
        for continuation in waiting { continuation.resume() }
        for watcher in watchers { watcher.yield(task) }
    }

    /// Tells those who show many tasks that this one changed in a way that has no event of its own.
    func announce(_ task: String) {
        for watcher in state.withLock({ Array($0.watchers.values) }) { watcher.yield(task) }
    }

    func follow(_ task: String) {
        state.withLock { $0.topics[task, default: Topic()].followers += 1 }
    }

    func unfollow(_ task: String) {
        state.withLock { state in
            guard var topic = state.topics[task] else { return }
            topic.followers -= 1
            state.topics[task] = topic.followers > 0 ? topic : nil
        }
    }

    /// The events after `after`, if all of them are still in memory; else nothing.
    func recent(_ task: String, after: Int) -> [JournalEvent] {
        state.withLock { state in
            guard let recent = state.topics[task]?.recent, let first = recent.first, first.number <= after + 1 else {
                return []
            }
            return Array(recent.drop { $0.number <= after })
        }
    }

    /// Returns once there is an event after `after`, or the surrounding task is cancelled. The caller follows the task.
    func wait(_ task: String, after: Int) async {
        let id = state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let goesOn = state.withLock { state in
                    // The handler below may have run already, and found nothing to resume.
                    guard !Task.isCancelled, let topic = state.topics[task], topic.latest <= after else { return true }
                    state.topics[task]?.waiting[id] = continuation
                    return false
                }
                if goesOn { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.topics[task]?.waiting.removeValue(forKey: id) }?.resume()
        }
    }
}

extension JournalHub.Topic {
    /// Returns those who wait, to be resumed.
    fileprivate mutating func add(_ events: [JournalEvent]) -> [CheckedContinuation<Void, Never>] {
        for event in events {
            if event.number != latest + 1 { recent = [] }
            if event.number > latest {
                recent.append(event)
                latest = event.number
            }
        }
        if recent.count > JournalHub.kept { recent.removeFirst(recent.count - JournalHub.kept) }
        let woken = Array(waiting.values)
        waiting = [:]
        return woken
    }
}
