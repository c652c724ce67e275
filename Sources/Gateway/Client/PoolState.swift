import NIOCore

/// Who may use which connection of one endpoint on one event loop, and how many connections are to be made.
///
/// A pure state machine; `EndpointPool` feeds it and does what it says.
struct PoolState<Connection: AnyObject, Multiplexer: AnyObject, Waiter: AnyObject> {
    /// What the provider is known to speak. While that is open only one connection is made at a time.
    enum Speech {
        case unknown
        case http1
        case http2
    }

    enum Place {
        case connection(Connection)
        case stream(Multiplexer)
        /// The waiter stands in the queue.
        case queue
    }

    /// What becomes of a connection that nobody uses any more.
    enum Release {
        case carry(Waiter)
        case keep
        case close
    }

    private struct Idle {
        let connection: Connection
        let since: NIODeadline
    }

    private let kept: Int
    private let limit: Int
    private var speech: Speech
    /// The newest last.
    private var idle: [Idle] = []
    private var waiting = CircularBuffer<Waiter>()
    private var multiplexer: Multiplexer?
    private var slots = 0
    private var isClosed = false
    private var connecting = 0
    /// Connections of HTTP/1.1, used or idle.
    private(set) var open = 0

    /// - Parameters:
    ///   - kept: how many idle connections are kept.
    ///   - limit: how many connections there may be.
    init(kept: Int, limit: Int, speech: Speech) {
        self.kept = kept
        self.limit = limit
        self.speech = speech
    }

    var idleCount: Int { idle.count }
    var waitingCount: Int { waiting.count }
    /// Whether there is nothing to keep track of.
    var isEmpty: Bool { open == 0 && connecting == 0 && waiting.isEmpty && multiplexer == nil }

    mutating func place(_ waiter: Waiter) -> Place {
        if waiting.isEmpty {
            if let newest = idle.popLast() { return .connection(newest.connection) }
            if let multiplexer, slots > 0 {
                slots -= 1
                return .stream(multiplexer)
            }
        }
        waiting.append(waiter)
        return .queue
    }

    /// How many connections must be begun now; they count as begun.
    mutating func missing() -> Int {
        let wanted: Int
        if multiplexer != nil {
            wanted = 0
        } else if speech == .http1 {
            wanted = max(0, min(waiting.count - connecting, limit - open - connecting))
        } else {
            wanted = connecting == 0 && !waiting.isEmpty ? 1 : 0
        }
        connecting += wanted
        return wanted
    }

    /// The waiter left.
    mutating func forget(_ waiter: Waiter) {
        if let index = waiting.firstIndex(where: { $0 === waiter }) { waiting.remove(at: index) }
    }

    mutating func connected(_ connection: Connection, at now: NIODeadline) -> Release {
        connecting -= 1
        open += 1
        speech = .http1
        return released(connection, at: now)
    }

    /// The waiters who get a stream.
    mutating func connected(_ multiplexer: Multiplexer, slots: Int) -> [Waiter] {
        connecting -= 1
        speech = .http2
        self.multiplexer = multiplexer
        self.slots = slots
        return fill()
    }

    /// The waiter who is told, unless the connections still being made are enough for all.
    mutating func connectFailed() -> Waiter? {
        connecting -= 1
        return waiting.count > connecting ? waiting.popFirst() : nil
    }

    /// A connection that may carry another exchange has ended one.
    mutating func released(_ connection: Connection, at now: NIODeadline) -> Release {
        if let next = waiting.popFirst() { return .carry(next) }
        guard !isClosed, idle.count < kept else { return .close }
        idle.append(Idle(connection: connection, since: now))
        return .keep
    }

    mutating func closed(_ connection: Connection) {
        open -= 1
        if let index = idle.lastIndex(where: { $0.connection === connection }) { idle.remove(at: index) }
    }

    /// A stream ended, or the provider allows more or fewer of them; those who get one now.
    mutating func slotsChanged(_ multiplexer: Multiplexer, by change: Int) -> [Waiter] {
        guard multiplexer === self.multiplexer else { return [] }
        slots += change
        return fill()
    }

    /// The connection takes no more streams.
    mutating func ended(_ multiplexer: Multiplexer) {
        if multiplexer === self.multiplexer { self.multiplexer = nil }
    }

    /// Takes out the connections that have been idle since before then.
    mutating func expired(before time: NIODeadline) -> [Connection] {
        let count = idle.firstIndex { $0.since > time } ?? idle.count
        defer { idle.removeFirst(count) }
        return idle[..<count].map(\.connection)
    }

    /// Since when the oldest idle connection has been so.
    var oldestIdle: NIODeadline? { idle.first?.since }

    /// Keeps nothing from now on; the connections to close.
    mutating func close() -> [Connection] {
        isClosed = true
        defer { idle.removeAll() }
        return idle.map(\.connection)
    }

    private mutating func fill() -> [Waiter] {
        var taken: [Waiter] = []
        while slots > 0, let next = waiting.popFirst() {
            slots -= 1
            taken.append(next)
        }
        return taken
    }
}
