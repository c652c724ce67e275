package import Store
import Synchronization

/// Counts every call: in a table that is cheap to write, from there in the book that figures are computed from, and in
/// the store.
package final class CallCounter: Sendable {
    private struct State {
        var book = TallyBook()
        /// Not stored yet, added up by minute.
        var unsaved: [UnsavedKey: CallFigures] = [:]
        /// Goes up whenever the book changes.
        var version = 0
        var hour: (version: Int, minute: Timestamp, figures: HourFigures)?
        var week: (version: Int, hour: Timestamp, figures: WeekFigures)?

        /// Returns how many calls there was no room for; the oldest minutes go first.
        mutating func putBack(_ taken: [UnsavedKey: CallFigures], limit: Int) -> Int {
            for (key, figures) in taken { unsaved[key, default: CallFigures()].add(figures) }
            guard unsaved.count > limit else { return 0 }
            let oldest = unsaved.keys.sorted { $0.start < $1.start }.prefix(unsaved.count - limit)
            return oldest.reduce(0) { $0 + (unsaved.removeValue(forKey: $1)?.count ?? 0) }
        }
    }

    private struct UnsavedKey: Hashable {
        let start: Timestamp
        let key: TallyKey
    }

    /// What a store that cannot write may leave in memory: some 15 MB.
    private static let unsavedLimit = 20_000
    private let table: Mutex<TallyTable>
    private let state = Mutex(State())
    private let clock: any WallClock

    /// - Parameter rowsPerSecond: how many plain reads of an operation keep a row of their own in one second, and as many
    ///   of its refusals.
    package init(clock: any WallClock, rowsPerSecond: Int = 20) {
        self.clock = clock
        table = Mutex(TallyTable(rowsPerSecond: rowsPerSecond))
    }

    package func slot(provider: String, operation: String) -> Int {
        table.withLock { $0.slot(provider: provider, operation: operation) }
    }

    /// Counts a plain read or a refusal and returns false, or returns true if its row is wanted.
    package func tally(_ facts: CallFacts) -> Bool {
        table.withLock { $0.tally(facts) }
    }

    package func count(_ call: CallRecord) {
        table.withLock { $0.count(call) }
    }

    /// Takes over what was stored before this process began.
    package func load(from store: any TallyStore) async throws {
        let now = clock.now()
        let minutes = try await store.tallies(per: .minute, since: TallyBook.firstMinute(at: now))
        let hours = try await store.tallies(per: .hour, since: TallyBook.firstHour(at: now))
        state.withLock { state in
            for tally in minutes { state.book.load(minute: tally) }
            for tally in hours { state.book.add(hour: tally) }
            state.version += 1
        }
    }

    /// The calls of the last sixty minutes.
    package func lastHour() -> HourFigures {
        collect()
        let now = clock.now()
        let minute = Tally.Period.minute.start(of: now)
        return state.withLock { state in
            if let known = state.hour, known.version == state.version, known.minute == minute { return known.figures }
            let figures = state.book.lastHour(at: now)
            state.hour = (state.version, minute, figures)
            return figures
        }
    }

    /// The calls of the last seven days.
    package func lastWeek() -> WeekFigures {
        collect()
        let now = clock.now()
        let hour = Tally.Period.hour.start(of: now)
        return state.withLock { state in
            if let known = state.week, known.version == state.version, known.hour == hour { return known.figures }
            let figures = state.book.lastWeek(at: now)
            state.week = (state.version, hour, figures)
            return figures
        }
    }

    /// Stores what was counted since the last time; what cannot be stored is kept for the next. Returns how many calls
    /// were given up because too much waits.
    package func save(to store: any TallyStore) async throws -> Int {
        collect()
        let taken = state.withLock { state in
            defer { state.unsaved = [:] }
            return state.unsaved
        }
        guard !taken.isEmpty else { return 0 }
        do {
            try await store.addTallies(taken.map { Tally(start: $0.key.start, key: $0.key.key, figures: $0.value) })
            return 0
        } catch {
            let dropped = state.withLock { $0.putBack(taken, limit: Self.unsavedLimit) }
            if dropped > 0 { return dropped }
            throw error
        }
    }

    private func collect() {
        let tallies = table.withLock { $0.collect() }
        guard !tallies.isEmpty else { return }
        let now = clock.now()
        state.withLock { state in
            for tally in tallies {
                state.book.add(minute: tally)
                state.unsaved[UnsavedKey(start: tally.start, key: tally.key), default: CallFigures()]
                    .add(tally.figures)
            }
            state.book.forget(at: now)
            state.version += 1
        }
    }
}
