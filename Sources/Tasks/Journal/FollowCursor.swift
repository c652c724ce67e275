import Store

/// Where one reader stands in a journal: hands out every event once, in order, and knows when the journal has ended.
struct FollowCursor: Sendable {
    private enum State {
        case open
        /// The final event was handed out, or there is nothing after the reader's place.
        case ended
    }

    private var state = State.open
    /// Number of the event handed out last.
    private(set) var last: Int
    /// The events after `last`, as far as they have been read.
    private var ahead: ArraySlice<JournalEvent> = []

    init(after: Int) {
        last = max(0, after)
    }

    var isEnded: Bool {
        if case .ended = state { true } else { false }
    }

    /// Takes in events in order; those known already, and those beyond a gap, are left out.
    mutating func read(_ events: [JournalEvent]) {
        guard !isEnded else { return }
        var reached = ahead.last?.number ?? last
        for event in events where event.number == reached + 1 {
            ahead.append(event)
            reached += 1
        }
    }

    /// The task is final, and its newest event has this number.
    mutating func taskEnded(at lastEvent: Int) {
        if last >= lastEvent { state = .ended }
    }

    /// The next event, if it has been read.
    mutating func next() -> JournalEvent? {
        guard let event = ahead.popFirst() else { return nil }
        last = event.number
        if JournalEventType.isFinal(event.type) {
            state = .ended
            ahead = []
        }
        return event
    }
}
