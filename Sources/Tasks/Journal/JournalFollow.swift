package import Store

/// A task's journal from some event on: what is stored, then what comes, until the final event.
///
/// A reader misses nothing and sees nothing twice. What it holds is bounded (one page of events), however slow it is.
/// Cancelling the reading task ends the sequence.
package struct JournalFollow: AsyncSequence, Sendable {
    package typealias Element = JournalEvent
    package typealias Failure = any Error

    private static let page = 128

    private let task: String
    private let after: Int
    private let store: any TaskStore
    private let hub: JournalHub

    init(task: String, after: Int, store: any TaskStore, hub: JournalHub) {
        self.task = task
        self.after = after
        self.store = store
        self.hub = hub
    }

    package func makeAsyncIterator() -> Iterator {
        Iterator(task: task, after: after, store: store, hub: hub)
    }

    /// One reader; not to be shared.
    package struct Iterator: AsyncIteratorProtocol {
        /// Keeps the topic alive for as long as the reader lives.
        private final class Following: Sendable {
            let task: String
            let hub: JournalHub

            init(task: String, hub: JournalHub) {
                self.task = task
                self.hub = hub
                hub.follow(task)
            }

            deinit { hub.unfollow(task) }
        }

        private let following: Following
        private let store: any TaskStore
        private var cursor: FollowCursor
        private var mayBeOver = true

        fileprivate init(task: String, after: Int, store: any TaskStore, hub: JournalHub) {
            following = Following(task: task, hub: hub)
            self.store = store
            cursor = FollowCursor(after: after)
        }

        package mutating func next() async throws -> JournalEvent? {
            do {
                return try await find()
            } catch is CancellationError {
                return nil
            }
        }

        private mutating func find() async throws -> JournalEvent? {
            while !cursor.isEnded {
                if let event = cursor.next() { return event }
                if Task.isCancelled { return nil }
                cursor.read(following.hub.recent(following.task, after: cursor.last))
                if let event = cursor.next() { return event }
                cursor.read(try await store.events(following.task, after: cursor.last, limit: JournalFollow.page))
                if let event = cursor.next() { return event }
                if mayBeOver {
                    // Only at the start: later the final event itself comes by.
                    mayBeOver = false
                    guard let record = try await store.task(following.task) else { return nil }
                    if record.state.isFinal { cursor.taskEnded(at: record.lastEvent) }
                    continue
                }
                await following.hub.wait(following.task, after: cursor.last)
            }
            return nil
        }
    }
}
