import Logging
import NIOCore
import Wire

/// A caller's connection of HTTP/1.1: reads requests straight from the socket's bytes, hands each to the acceptor, writes the answers.
///
/// `ServerConnection` decides, this does. All writes of one read burst leave in one; writes from elsewhere leave at the end of the
/// loop's turn, an answer's end at once.
final class HTTP1Connection: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// Bytes of following requests that may wait while one is answered.
    private static let readAhead = 64 << 10

    let ground: ListenerGround
    let watch: LoopWatch
    var place = 0
    var machine = ServerConnection()
    var context: ChannelHandlerContext?
    /// When the caller was last heard of, in the watch's seconds; the first byte's time while a head is incomplete.
    var lastSign: UInt32 = 0
    var unwritableSince: UInt32?
    /// Answer bytes that wait to be written.
    var output: ByteBuffer?
    /// Whether bytes were given to the channel that are not flushed.
    var isUnflushed = false
    var isInBurst = false
    var isFlushScheduled = false
    /// Whether the connection closes once its last answer is written.
    var isWritingLast = false

    private let remoteAddress: String
    private let isSecure: Bool
    private var parser: RequestParser
    private var input = ByteBuffer()
    private var exchange: HTTP1Exchange?
    private var delegate: (any ServerExchangeDelegate)?
    private var isParsing = false
    private var isPaused = false
    private(set) var isReading = true

    init(_ ground: ListenerGround, watch: LoopWatch, remoteAddress: String, isSecure: Bool) {
        self.ground = ground
        self.watch = watch
        self.remoteAddress = remoteAddress
        self.isSecure = isSecure
        parser = RequestParser(limits: ground.options.limits)
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        watch.add(self)
        lastSign = watch.now
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        callerIsGone()
        self.context = nil
    }

    // MARK: Reading

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = unwrapInboundIn(data)
        isInBurst = true
        if machine.isLingering { return }
        if input.readableBytes == 0 { input = bytes } else { input.writeBuffer(&bytes) }
        parse()
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        isInBurst = false
        flush()
    }

    func channelInactive(context: ChannelHandlerContext) {
        callerIsGone()
        context.fireChannelInactive()
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable {
            unwritableSince = nil
            delegate?.callerIsReady()
        } else {
            unwritableSince = watch.now
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        ground.logger.debug("connection failed", metadata: ["address": "\(remoteAddress)", "reason": "\(error)"])
        context.close(promise: nil)
    }

    /// Reads requests and their content from `input` as far as the state allows.
    func parse() {
        guard !isParsing else { return }
        isParsing = true
        defer {
            isParsing = false
            if input.readableBytes == 0 { input = ByteBuffer() }
            setReading()
        }
        do throws(WireError) {
            while machine.readsRequest, !isPaused || machine.isDiscarding {
                guard let part = try parser.next(&input) else {
                    if machine.isWaiting, input.readableBytes > 0 {
                        machine.firstByte()
                        lastSign = watch.now
                    }
                    break
                }
                switch part {
                case .head(let head): try begin(head)
                case .content(let content): received(content)
                case .end(let trailers): receivedEnd(trailers)
                }
            }
        } catch {
            refuse(error)
            return
        }
        if machine.isTunnel, !isPaused, input.readableBytes > 0, let delegate {
            let bytes = input
            input = ByteBuffer()
            delegate.callerSent(bytes)
        } else if machine.isLingering {
            input = ByteBuffer()
        }
    }

    private func begin(_ head: RequestHead) throws(WireError) {
        machine.begin(head)
        lastSign = watch.now
        isPaused = false
        ground.load.exchangeBegan()
        let exchange = HTTP1Exchange(
            self, eventLoop: watch.loop, remoteAddress: remoteAddress, isSecure: isSecure)
        self.exchange = exchange
        var isWhole = false
        if case .none = head.length, case .end = try parser.next(&input) {
            isWhole = true
            _ = machine.receivedEnd()
        }
        let delegate = ground.acceptor.accept(head, exchange)
        guard self.exchange === exchange else {
            if exchange.callerLeftEarly { delegate.callerLeft() }
            return
        }
        self.delegate = delegate
        if isWhole { delegate.callerFinished(trailers: nil) }
    }

    private func received(_ content: ByteBuffer) {
        lastSign = watch.now
        switch machine.received(content: content.readableBytes) {
        case .deliver: delegate?.callerSent(content)
        case .close: close(lingers: true)
        case .drop, .next: break
        }
    }

    private func receivedEnd(_ trailers: FieldList?) {
        lastSign = watch.now
        if machine.receivedEnd() == .deliver { delegate?.callerFinished(trailers: trailers) }
    }

    /// Reads on unless the answerer wants a pause or too much waits to be read already.
    private func setReading() {
        let isWanted =
            (!isPaused || !machine.isAnswering) && (machine.readsRequest || input.readableBytes <= Self.readAhead)
        guard isWanted != isReading, let context else { return }
        isReading = isWanted
        do {
            try context.channel.syncOptions?.setOption(.autoRead, value: isWanted)
        } catch {
            context.close(promise: nil)
        }
    }

    func pause() {
        isPaused = true
        setReading()
    }

    func resume() {
        guard isPaused else { return }
        isPaused = false
        lastSign = watch.now
        parse()
    }

    var isPausedByAnswerer: Bool { isPaused }
    var hasUnreadInput: Bool { input.readableBytes > 0 }

    // MARK: Ends

    /// The exchange is over: its answerer hears nothing more.
    func letGo() {
        guard let exchange else { return }
        exchange.detach()
        self.exchange = nil
        delegate = nil
        isPaused = false
        ground.load.exchangeEnded()
    }

    /// Tells the answerer that the caller went away.
    func tellLeft() {
        let told = delegate
        if told == nil { exchange?.callerLeftEarly = true }
        letGo()
        told?.callerLeft()
    }

    /// After an answer that leaves the connection open: the next request may be here already.
    func answered() {
        letGo()
        lastSign = watch.now
        parse()
    }

    private func callerIsGone() {
        guard context != nil else { return }
        watch.remove(self)
        if machine.left() { tellLeft() } else { letGo() }
        if let output { watch.giveBack(output) }
        output = nil
        input = ByteBuffer()
        context = nil
    }

    /// Answers with a problem where that is still possible, and closes.
    func refuse(_ error: WireError) {
        ground.logger.debug(
            "request refused", metadata: ["address": "\(remoteAddress)", "reason": "\(error.reason)"])
        input = ByteBuffer()
        guard machine.refuse() else {
            tellLeft()
            closeNow()
            return
        }
        tellLeft()
        writeProblem(error)
        close(lingers: true)
    }
}
