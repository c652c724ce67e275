import Store

/// What a run has to say and has not stored yet, gathered into as few commits as possible.
///
/// Pieces are numbered by tickets; a commit takes everything that waits, and there is one commit at a time.
struct JournalBuffer: Sendable {
    private enum State {
        case idle
        /// A commit is under way that ends with this ticket.
        case writing(until: Int)
        /// A commit failed for good: nothing more can be stored.
        case broken(StoreError)
    }

    /// What a writer that waits for its ticket does next.
    enum Turn: Sendable {
        case done
        /// Store this, then say how it went.
        case write(TaskCommit)
        /// Another writer is at it: ask again when it is through.
        case wait
        case fail(StoreError)
    }

    private var state = State.idle
    private var pending = TaskCommit()
    /// Ticket of the newest piece.
    private(set) var newest = 0
    private var stored = 0

    var hasPending: Bool {
        if case .broken = state { false } else { newest > stored }
    }

    mutating func add(_ piece: TaskCommit) {
        pending.events += piece.events
        pending.steps += piece.steps
        pending.change = piece.change ?? pending.change
        pending.progress = piece.progress ?? pending.progress
        pending.callsMade += piece.callsMade
        pending.callsRetried += piece.callsRetried
        newest += 1
    }

    mutating func turn(for ticket: Int) -> Turn {
        if ticket <= stored { return .done }
        switch state {
        case .broken(let error): return .fail(error)
        case .writing: return .wait
        case .idle:
            let commit = pending
            pending = TaskCommit()
            state = .writing(until: newest)
            return .write(commit)
        }
    }

    mutating func wrote() {
        guard case .writing(let until) = state else { return }
        stored = until
        state = .idle
    }

    mutating func broke(_ error: StoreError) {
        state = .broken(error)
    }
}
