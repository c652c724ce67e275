import Contracts
import Store

/// When something in the timeline began and ended, and how.
struct Span: Sendable {
    enum State: String, Sendable {
        case pending, running
        /// Held back: by a wait, or between two tries.
        case held
        case done, failed, skipped, cancelled

        var isOpen: Bool { self == .running || self == .held }
    }

    private(set) var state = State.pending
    private var started: Timestamp?
    private var finished: Timestamp?
    private var milliseconds: JSONValue?

    /// Begun again after a restart, it keeps the moment it first began.
    mutating func start(_ moment: Timestamp, held: Bool) {
        started = started ?? moment
        state = held ? .held : .running
    }

    mutating func hold(_ isHeld: Bool) {
        if state.isOpen { state = isHeld ? .held : .running }
    }

    mutating func end(_ state: State, _ moment: Timestamp, _ milliseconds: JSONValue?) {
        self.state = state
        guard state != .skipped else { return }
        finished = moment
        self.milliseconds = milliseconds ?? started.map { JSONValue((moment - $0).milliseconds) }
    }

    mutating func interrupt() {
        if state.isOpen { state = .pending }
    }

    mutating func callOff(_ moment: Timestamp) {
        if state.isOpen {
            end(.cancelled, moment, nil)
        } else if state == .pending {
            state = .cancelled
        }
    }

    func write(to object: inout JSONObject) {
        object["started"] = JSONValue(started?.description)
        object["finished"] = JSONValue(finished?.description)
        object["ms"] = milliseconds ?? .null
    }
}
