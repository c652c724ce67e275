/// When a changed inventory is loaded: once its files have been left alone for a moment, so that nothing half-written is read.
///
/// A pure state machine over uptime and snapshots of the files.
package struct ReloadMachine: Sendable {
    package enum Action: Sendable, Equatable {
        case look(after: Duration)
        /// Load what is there now and say how it went.
        case load
        /// What was refused has been taken back: the files are those that are served. Then look again after this time.
        case restored(lookAfter: Duration)
    }

    package struct Pace: Sendable, Equatable {
        /// Between two looks when nothing happens.
        package var steady: Duration
        /// How long nothing must have changed.
        package var quiet: Duration
        /// Files that never come to rest are loaded after this time all the same.
        package var longest: Duration

        package init(
            steady: Duration = .seconds(2), quiet: Duration = .milliseconds(200), longest: Duration = .seconds(3)
        ) {
            self.steady = steady
            self.quiet = quiet
            self.longest = longest
        }
    }

    private enum State {
        case steady
        case settling(FolderSnapshot, since: Duration, changed: Duration)
        case loading(FolderSnapshot)
    }

    private let pace: Pace
    private var state = State.steady
    /// What the tree in force was made from.
    package private(set) var served: FolderSnapshot
    /// What was refused last, until it changes.
    package private(set) var refused: FolderSnapshot?

    package init(served: FolderSnapshot, pace: Pace = Pace()) {
        self.served = served
        self.pace = pace
    }

    /// The files were looked at.
    package mutating func looked(_ snapshot: FolderSnapshot, at now: Duration) -> Action {
        switch state {
        case .steady:
            guard snapshot != (refused ?? served) else { return .look(after: pace.steady) }
            state = .settling(snapshot, since: now, changed: now)
            return .look(after: pace.quiet)
        case .settling(let seen, let since, let changed):
            if snapshot == seen ? now - changed >= pace.quiet : now - since >= pace.longest {
                return settle(snapshot)
            }
            let last = snapshot == seen ? changed : now
            state = .settling(snapshot, since: since, changed: last)
            return .look(after: max(.milliseconds(1), last + pace.quiet - now))
        case .loading:
            return .look(after: pace.quiet)
        }
    }

    /// A person wants it loaded now, changed or not (SIGHUP).
    package mutating func forced(_ snapshot: FolderSnapshot) -> Action {
        if case .loading = state { return .look(after: pace.quiet) }
        state = .loading(snapshot)
        return .load
    }

    /// How loading went. Looks at once: something may have changed meanwhile.
    package mutating func loaded(isGood: Bool) -> Action {
        guard case .loading(let snapshot) = state else { return .look(after: pace.steady) }
        if isGood {
            served = snapshot
            refused = nil
        } else {
            refused = snapshot
        }
        state = .steady
        return .look(after: .zero)
    }

    private mutating func settle(_ snapshot: FolderSnapshot) -> Action {
        guard snapshot == served else {
            state = .loading(snapshot)
            return .load
        }
        state = .steady
        guard refused != nil else { return .look(after: pace.steady) }
        refused = nil
        return .restored(lookAfter: pace.steady)
    }
}
