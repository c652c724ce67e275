import NIOCore
import Wire

/// One request on its way through the client: waiting for a connection, carried by one, over. Confined to its event loop.
final class Attempt: ClientExchange {
    private enum Phase {
        case waiting(EndpointPool?)
        case carried(any Carrier)
        case over
    }

    let request: ClientRequest
    private let home: LoopClient
    private var delegate: (any ClientExchangeDelegate)?
    private var phase = Phase.waiting(nil)
    /// What was sent before the connection stood.
    private var early: [ByteBuffer] = []
    private var earlyEnd: FieldList??
    private var isStarting = true
    /// Something waits for the end of `start`.
    private var hasNews = false
    private var isPaused = false
    private var firstByteDue: NIODeadline
    private var totalDue: NIODeadline
    /// How long the provider may say nothing, once the whole answer's time does not count any more.
    private var silence: TimeAmount?

    var wasSent = false
    /// When the next of the attempt's times is up; only ever moves into the future while it is listed.
    private(set) var due: NIODeadline
    private var holdsContentUntil: NIODeadline?
    /// The place in the list of `Deadlines`.
    var slot = -1

    init(_ request: consuming ClientRequest, home: LoopClient, now: NIODeadline, delegate: any ClientExchangeDelegate) {
        self.home = home
        self.delegate = delegate
        totalDue = now + request.timeout.timeAmount
        firstByteDue = min(now + request.firstByteTimeout.timeAmount, totalDue)
        due = firstByteDue
        self.request = request
    }

    var isOver: Bool {
        if case .over = phase { true } else { false }
    }

    /// Whether nothing may be told to the delegate for now.
    var isHeld: Bool {
        if isStarting { hasNews = true }
        return isPaused || isStarting
    }

    var takesPieces: Bool {
        if case .streamed = request.content { true } else { request.head.upgrade != nil }
    }

    // MARK: What whoever asked says

    var isWritable: Bool {
        if case .carried(let carrier) = phase { carrier.isWritable } else { false }
    }

    func send(_ content: ByteBuffer) {
        switch phase {
        case .waiting: early.append(content)
        case .carried(let carrier): carrier.send(content)
        case .over: break
        }
    }

    func end(trailers: FieldList?) {
        switch phase {
        case .waiting: earlyEnd = .some(trailers)
        case .carried(let carrier): carrier.end(trailers: trailers)
        case .over: break
        }
    }

    func pause() {
        isPaused = true
    }

    func resume() {
        guard isPaused else { return }
        isPaused = false
        if case .carried(let carrier) = phase { carrier.resume() }
    }

    func liftTimeout(silence: Duration) {
        self.silence = silence.timeAmount
        extend()
        home.deadlines.hasten(to: due)
    }

    private func extend() {
        guard let silence else { return }
        due = .now() + silence
    }

    func cancel() {
        delegate = nil
        leave()?.cancel()
    }

    // MARK: What the pool and the connection say

    func waits(in pool: EndpointPool, now: NIODeadline) {
        phase = .waiting(pool)
        due = min(now + request.connectTimeout.timeAmount, firstByteDue)
    }

    /// The head is on its way; what was sent before follows.
    func carried(by carrier: any Carrier, holdsContent: Bool) {
        phase = .carried(carrier)
        due = firstByteDue
        if holdsContent {
            let end = .now() + home.options.continueTimeout.timeAmount
            holdsContentUntil = end
            due = min(due, end)
            home.deadlines.hasten(to: due)
        }
        let pieces = early
        early = []
        for piece in pieces { carrier.send(piece) }
        if case .some(let trailers) = earlyEnd {
            carrier.end(trailers: trailers)
        } else if !isStarting, takesPieces, carrier.isWritable {
            ready()
        }
    }

    func ready() {
        delegate?.providerIsReady()
    }

    func answered(_ head: ResponseHead) {
        due = totalDue
        delegate?.providerAnswered(head)
    }

    func sent(_ content: ByteBuffer) {
        extend()
        delegate?.providerSent(content)
    }

    func finished(trailers: FieldList?) {
        guard !isOver else { return }
        _ = leave()
        let delegate = delegate
        self.delegate = nil
        delegate?.providerFinished(trailers: trailers)
    }

    /// Ends the attempt; the carrier has let go of it, or is told to.
    func failed(_ error: ClientError) {
        guard !isOver else { return }
        leave()?.cancel()
        guard isStarting else { return tell(error) }
        home.loop.assumeIsolated().execute { self.tell(error) }
    }

    /// One of the attempt's times is up.
    func dueTimePassed(_ now: NIODeadline) {
        if let until = holdsContentUntil, until <= now {
            holdsContentUntil = nil
            due = max(due, firstByteDue)
            if case .carried(let carrier) = phase { carrier.stopHolding() }
            guard due <= now else { return }
        }
        // While we do not read, the silence is ours.
        if silence != nil, isPaused { return extend() }
        switch phase {
        case .waiting: failed(ClientError(.timeout, wasSent: false, detail: "no connection in time"))
        case .carried: failed(ClientError(.timeout, wasSent: wasSent, detail: "no whole answer in time"))
        case .over: break
        }
    }

    /// `start` is over: from now on the delegate may be told things.
    func hasStarted() {
        isStarting = false
        guard hasNews, case .carried(let carrier) = phase else { return }
        home.loop.assumeIsolated().execute { carrier.resume() }
    }

    private func tell(_ error: ClientError) {
        let delegate = delegate
        self.delegate = nil
        delegate?.providerFailed(error)
    }

    /// Goes out of the queue and the list; the carrier, if any.
    private func leave() -> (any Carrier)? {
        let last = phase
        phase = .over
        early = []
        home.deadlines.remove(self)
        switch last {
        case .waiting(let pool):
            pool?.forget(self)
            return nil
        case .carried(let carrier):
            return carrier
        case .over:
            return nil
        }
    }
}

extension Duration {
    /// Between a nanosecond and a year: what a timer of the event loop takes.
    var timeAmount: TimeAmount {
        let (seconds, attoseconds) = min(max(self, .nanoseconds(1)), .seconds(365 * 86_400)).components
        return .nanoseconds(seconds * 1_000_000_000 + attoseconds / 1_000_000_000)
    }
}
