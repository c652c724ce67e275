import Wire

/// What a connection of HTTP/1.1 may do next: requests and answers in turn, how each answer is framed, when the connection ends.
///
/// Told of everything the caller sent and the answerer wants; tells how to write it. Reads and writes nothing itself.
struct ServerConnection {
    /// Of a request's rest that an early answer left unread, this much is read away to keep the connection.
    static let discardLimit = 256 << 10

    private enum State {
        /// For a request's first byte.
        case waiting
        case head
        case open(Exchange)
        /// Another protocol, after 101.
        case tunnel
        /// The last answer was given; what still comes is thrown away until the caller closes.
        case lingering
        case closed
    }

    private struct Exchange {
        let isHead: Bool
        let isHTTP1_1: Bool
        let offersUpgrade: Bool
        var requestIsWhole = false
        /// The caller may be holding its content back for `100 Continue`.
        var owesContinue: Bool
        /// Of the content, where its length was announced.
        var contentLeft: Int?
        var discarded = 0
        var answer = Answer.notBegun
        var closes: Bool
    }

    private enum Answer {
        case notBegun
        case fixed(left: Int)
        case chunked
        case untilClose
        case ended
    }

    private var state = State.waiting
    private var isDraining = false

    // MARK: What the caller sends

    /// A byte that belongs to no request yet.
    mutating func firstByte() {
        if case .waiting = state { state = .head }
    }

    /// A request's head is whole.
    mutating func begin(_ head: RequestHead) {
        state = .open(
            Exchange(
                isHead: head.method == "HEAD", isHTTP1_1: head.version == .http1_1, offersUpgrade: head.upgrade != nil,
                owesContinue: head.expectsContinue, contentLeft: head.length.known, closes: !head.keepsAlive))
    }

    /// What to do with content or the end of a request.
    enum Reception: Equatable {
        case deliver
        case drop
        /// The request's rest is dropped and the next one may come.
        case next
        case close
    }

    mutating func received(content count: Int) -> Reception {
        guard case .open(var exchange) = state else { return .drop }
        exchange.owesContinue = false
        if let left = exchange.contentLeft { exchange.contentLeft = left - count }
        defer { if case .open = state { state = .open(exchange) } }
        guard case .ended = exchange.answer else { return .deliver }
        exchange.discarded += count
        guard exchange.discarded <= Self.discardLimit else {
            state = .lingering
            return .close
        }
        return .drop
    }

    mutating func receivedEnd() -> Reception {
        guard case .open(var exchange) = state else { return .drop }
        exchange.requestIsWhole = true
        if case .ended = exchange.answer {
            state = .waiting
            return .next
        }
        state = .open(exchange)
        return .deliver
    }

    /// What the caller sent cannot be read on, or it let us wait too long. True: a problem may still be answered.
    mutating func refuse() -> Bool {
        defer { state = .lingering }
        switch state {
        case .waiting, .head: return true
        case .open(let exchange):
            if case .notBegun = exchange.answer { return true }
            return false
        case .tunnel, .lingering, .closed: return false
        }
    }

    /// The connection is gone. True: an exchange was under way.
    mutating func left() -> Bool {
        defer { state = .closed }
        return isAnswering
    }

    // MARK: What the answerer wants

    enum Start: Equatable {
        case nothing
        case sendContinue
        case informational
        case tunnel
        /// nil: no framing line is written.
        case head(framing: Framing?, keepsAlive: Bool)
    }

    enum Framing: Equatable {
        case length, chunked, untilClose
    }

    mutating func sendContinue() -> Bool {
        guard case .open(var exchange) = state, exchange.owesContinue, case .notBegun = exchange.answer else {
            return false
        }
        exchange.owesContinue = false
        state = .open(exchange)
        return true
    }

    /// - Parameter isWhole: the whole answer follows at once.
    mutating func start(status: Int, length: BodyLength, isWhole: Bool = false) -> Start {
        guard case .open(var exchange) = state, case .notBegun = exchange.answer else { return .nothing }
        switch status {
        case 100: return sendContinue() ? .sendContinue : .nothing
        case 101:
            guard exchange.offersUpgrade else { return .nothing }
            state = .tunnel
            return .tunnel
        case 102..<200: return exchange.isHTTP1_1 ? .informational : .nothing
        default: break
        }
        if isDraining || exchange.owesContinue { exchange.closes = true }
        if isWhole, !exchange.requestIsWhole, exchange.contentLeft.map({ $0 > Self.discardLimit }) ?? false {
            exchange.closes = true
        }
        let framing: Framing?
        if !ResponseHead.hasContent(status: status, method: exchange.isHead ? "HEAD" : "GET") {
            exchange.answer = .fixed(left: 0)
            if case .exactly = length, status != 204 { framing = .length } else { framing = nil }
        } else {
            switch length {
            case .none:
                exchange.answer = .fixed(left: 0)
                framing = .length
            case .exactly(let count):
                exchange.answer = .fixed(left: count)
                framing = .length
            case .streamed where exchange.isHTTP1_1:
                exchange.answer = .chunked
                framing = .chunked
            case .streamed:
                exchange.answer = .untilClose
                exchange.closes = true
                framing = .untilClose
            }
        }
        state = .open(exchange)
        return .head(framing: framing, keepsAlive: !exchange.closes)
    }

    enum Content: Equatable {
        case drop
        /// As many of the bytes, as they are.
        case raw(Int)
        case chunk
    }

    mutating func send(content count: Int) -> Content {
        guard count > 0 else { return .drop }
        if case .tunnel = state { return .raw(count) }
        guard case .open(var exchange) = state else { return .drop }
        switch exchange.answer {
        case .notBegun, .ended: return .drop
        case .chunked: return .chunk
        case .untilClose: return .raw(count)
        case .fixed(let left):
            guard left > 0 else { return .drop }
            exchange.answer = .fixed(left: left - min(left, count))
            state = .open(exchange)
            return .raw(min(left, count))
        }
    }

    /// How an answer ends.
    enum End: Equatable {
        case nothing
        /// The connection stays for the next request, once the rest of this one is read away.
        case keep(lastChunk: Bool)
        /// `lingers`: the caller may still be sending.
        case close(lastChunk: Bool, lingers: Bool)
        /// Less was sent than announced.
        case abort(resets: Bool)
    }

    mutating func end() -> End {
        if case .tunnel = state {
            state = .lingering
            return .close(lastChunk: false, lingers: true)
        }
        guard case .open(var exchange) = state else { return .nothing }
        var lastChunk = false
        switch exchange.answer {
        case .notBegun: return abort()
        case .fixed(let left) where left > 0: return abort()
        case .ended: return .nothing
        case .chunked: lastChunk = true
        case .fixed, .untilClose: break
        }
        exchange.answer = .ended
        if exchange.closes || isDraining {
            state = .lingering
            return .close(lastChunk: lastChunk, lingers: !exchange.requestIsWhole)
        }
        guard !exchange.requestIsWhole else {
            state = .waiting
            return .keep(lastChunk: lastChunk)
        }
        guard (exchange.contentLeft ?? 0) <= Self.discardLimit else {
            state = .lingering
            return .close(lastChunk: lastChunk, lingers: true)
        }
        state = .open(exchange)
        return .keep(lastChunk: lastChunk)
    }

    /// `resets`: only a reset tells the caller that the answer is not whole.
    mutating func abort() -> End {
        guard isAnswering else { return .nothing }
        var resets = false
        if case .open(let exchange) = state, case .untilClose = exchange.answer { resets = true }
        state = .closed
        return .abort(resets: resets)
    }

    // MARK: Shutdown

    /// No further requests. True: the connection waits for one and is to be closed at once.
    mutating func drain() -> Bool {
        isDraining = true
        guard case .waiting = state else { return false }
        state = .closed
        return true
    }
}

extension ServerConnection {
    /// Whether an answer is owed or under way.
    var isAnswering: Bool {
        switch state {
        case .open(let exchange):
            if case .ended = exchange.answer { return false }
            return true
        case .tunnel: return true
        case .waiting, .head, .lingering, .closed: return false
        }
    }

    /// Whether the request under way is of HTTP/1.0, which must be told that the connection stays.
    var answersHTTP1_0: Bool {
        if case .open(let exchange) = state { return !exchange.isHTTP1_1 }
        return false
    }

    /// Whether the caller's bytes are to be read as a request.
    var readsRequest: Bool {
        switch state {
        case .waiting, .head: true
        case .open(let exchange): !exchange.requestIsWhole
        case .tunnel, .lingering, .closed: false
        }
    }

    var isTunnel: Bool {
        if case .tunnel = state { return true }
        return false
    }

    var isWaiting: Bool {
        if case .waiting = state { return true }
        return false
    }

    var isLingering: Bool {
        if case .lingering = state { return true }
        return false
    }

    /// Whether what an earlier request left unread is being thrown away.
    var isDiscarding: Bool {
        if case .open(let exchange) = state, case .ended = exchange.answer { return true }
        return false
    }

    /// Whose turn it is to send, and how long it may take.
    func patience(_ patience: Patience, isPaused: Bool) -> UInt32? {
        switch state {
        case .waiting: patience.idle
        case .head: patience.head
        case .open(let exchange): exchange.requestIsWhole || isPaused ? nil : patience.content
        case .lingering: patience.lingering
        case .tunnel, .closed: nil
        }
    }
}
