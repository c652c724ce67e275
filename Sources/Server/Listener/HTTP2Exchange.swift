import Logging
import NIOCore
import NIOHPACK
import NIOHTTP2
import Wire

/// One stream of a caller's HTTP/2 connection: a request and its answer.
final class HTTP2Exchange: ChannelInboundHandler, ServerExchange {
    typealias InboundIn = HTTP2Frame.FramePayload
    typealias OutboundOut = HTTP2Frame.FramePayload

    private enum Answer {
        case notBegun
        /// nil left: of unknown length.
        case begun(left: Int?)
        case ended
    }

    let remoteAddress: String
    let isSecure: Bool
    var place = 0
    private let ground: ListenerGround
    private let watch: LoopWatch
    private var context: ChannelHandlerContext?
    private var delegate: (any ServerExchangeDelegate)?
    private var hasHead = false
    private var isHead = false
    private var owesContinue = false
    private var requestIsWhole = false
    /// Of the content, where its length was announced.
    private var contentLeft: Int?
    private var answer = Answer.notBegun
    private var isPaused = false
    private var isInBurst = false
    private var isFlushScheduled = false
    private var lastSign: UInt32 = 0
    private var unwritableSince: UInt32?

    init(_ ground: ListenerGround, watch: LoopWatch, remoteAddress: String, isSecure: Bool) {
        self.ground = ground
        self.watch = watch
        self.remoteAddress = remoteAddress
        self.isSecure = isSecure
    }

    var eventLoop: any EventLoop { watch.loop }
    var isWritable: Bool { unwritableSince == nil }

    // MARK: The caller

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        watch.add(self)
        lastSign = watch.now
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        callerIsGone()
    }

    func channelInactive(context: ChannelHandlerContext) {
        callerIsGone()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        isInBurst = true
        lastSign = watch.now
        do throws(WireError) {
            switch unwrapInboundIn(data) {
            case .headers(let payload) where !hasHead: try begin(payload)
            case .headers(let payload): try receivedTrailers(payload)
            case .data(let payload): try received(payload)
            default: break
            }
        } catch {
            refuse(error)
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        isInBurst = false
        context.flush()
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
        // A reset by the caller, mostly; the channel ends by itself or by this.
        context.close(promise: nil)
    }

    private func begin(_ payload: HTTP2Frame.FramePayload.Headers) throws(WireError) {
        hasHead = true
        requestIsWhole = payload.endStream
        let head = try HTTP2RequestHead.read(
            payload.headers, endsStream: payload.endStream, limits: ground.options.limits)
        isHead = head.method == "HEAD"
        owesContinue = head.expectsContinue
        if !payload.endStream, head.length != .streamed { contentLeft = head.length.known }
        ground.load.exchangeBegan()
        let delegate = ground.acceptor.accept(head, self)
        guard isOpen else {
            if context == nil { delegate.callerLeft() }
            return
        }
        self.delegate = delegate
        if requestIsWhole { delegate.callerFinished(trailers: nil) }
    }

    private func received(_ payload: HTTP2Frame.FramePayload.Data) throws(WireError) {
        owesContinue = false
        guard case .byteBuffer(let content) = payload.data else { return }
        if let left = contentLeft {
            guard content.readableBytes <= left else { throw WireError("the content is longer than announced") }
            contentLeft = left - content.readableBytes
        }
        if content.readableBytes > 0 { delegate?.callerSent(content) }
        if payload.endStream { try finish(nil) }
    }

    private func receivedTrailers(_ payload: HTTP2Frame.FramePayload.Headers) throws(WireError) {
        guard payload.endStream, !requestIsWhole else { throw WireError("there are trailers before the end") }
        try finish(try HTTP2RequestHead.trailers(payload.headers, limits: ground.options.limits))
    }

    private func finish(_ trailers: FieldList?) throws(WireError) {
        guard (contentLeft ?? 0) == 0 else { throw WireError("the content is shorter than announced") }
        requestIsWhole = true
        delegate?.callerFinished(trailers: trailers)
    }

    /// A malformed request ends its stream (RFC 9113, 8.1.1); one that asks too much is told so.
    private func refuse(_ error: WireError) {
        ground.logger.debug(
            "request refused", metadata: ["address": "\(remoteAddress)", "reason": "\(error.reason)"])
        let wasBegun = delegate != nil
        let told = delegate
        delegate = nil
        told?.callerLeft()
        if case .notBegun = answer, error.status != 400 {
            let (head, content) = RefusalAnswer.make(error)
            if !wasBegun { ground.load.exchangeBegan() }
            self.answer(head, content)
        } else {
            if wasBegun, isOpen { ground.load.exchangeEnded() }
            answer = .ended
            reset(.protocolError)
        }
    }

    private func callerIsGone() {
        guard context != nil else { return }
        watch.remove(self)
        context = nil
        guard isOpen, hasHead else { return }
        answer = .ended
        ground.load.exchangeEnded()
        let told = delegate
        delegate = nil
        told?.callerLeft()
    }

    private var isOpen: Bool {
        if case .ended = answer { return false }
        return context != nil
    }

    // MARK: The answerer

    func sendContinue() {
        guard owesContinue, case .notBegun = answer else { return }
        owesContinue = false
        write(.headers(.init(headers: [":status": "100"])))
        flushSoon()
    }

    func send(_ head: ResponseHead) {
        start(head)
        flushSoon()
    }

    func send(_ content: ByteBuffer) {
        write(content)
        flushSoon()
    }

    func answer(_ head: ResponseHead, _ content: ByteBuffer) {
        start(head)
        guard case .begun(let left) = answer, left == content.readableBytes, left != 0 else {
            write(content)
            return end(trailers: nil)
        }
        write(.data(.init(data: .byteBuffer(content), endStream: true)))
        finishAnswer()
    }

    private func start(_ head: ResponseHead) {
        guard case .notBegun = answer, context != nil else { return }
        switch head.status {
        case 100: return sendContinue()
        case 101: return
        case 102..<200: return write(.headers(.init(headers: HTTP2Fields.of(head, date: nil))))
        default: break
        }
        let hasContent = ResponseHead.hasContent(status: head.status, method: isHead ? "HEAD" : "GET")
        answer = .begun(left: hasContent ? head.length.known : 0)
        write(.headers(.init(headers: HTTP2Fields.of(head, date: watch.date))))
    }

    private func write(_ content: ByteBuffer) {
        guard case .begun(let left) = answer, content.readableBytes > 0 else { return }
        guard let left else {
            write(.data(.init(data: .byteBuffer(content))))
            return
        }
        guard left > 0, let piece = content.getSlice(at: content.readerIndex, length: min(left, content.readableBytes))
        else { return }
        answer = .begun(left: left - piece.readableBytes)
        write(.data(.init(data: .byteBuffer(piece))))
    }

    func end(trailers: FieldList?) {
        guard case .begun(let left) = answer, (left ?? 0) == 0 else { return abort() }
        if let trailers, !trailers.isEmpty {
            write(.headers(.init(headers: HTTP2Fields.of(trailers), endStream: true)))
        } else {
            write(.data(.init(data: .byteBuffer(ByteBuffer()), endStream: true)))
        }
        finishAnswer()
    }

    private func finishAnswer() {
        over()
        // The rest of the request is not wanted (RFC 9113, 8.1).
        if !requestIsWhole { write(.rstStream(.noError)) }
        context?.flush()
    }

    func abort() {
        guard isOpen else { return }
        over()
        reset(.internalError)
    }

    func pause() {
        setReading(false)
    }

    func resume() {
        lastSign = watch.now
        setReading(true)
    }

    private func setReading(_ isWanted: Bool) {
        guard isPaused == isWanted, let context else { return }
        isPaused = !isWanted
        do {
            try context.channel.syncOptions?.setOption(.autoRead, value: isWanted)
            if isWanted { context.read() }
        } catch {
            context.close(promise: nil)
        }
    }

    private func over() {
        answer = .ended
        delegate = nil
        ground.load.exchangeEnded()
        setReading(true)
    }

    private func reset(_ code: HTTP2ErrorCode) {
        write(.rstStream(code))
        context?.flush()
    }

    private func write(_ payload: HTTP2Frame.FramePayload) {
        context?.write(wrapOutboundOut(payload), promise: nil)
    }
}

extension HTTP2Exchange: DeferredFlush, WatchedConnection {
    private func flushSoon() {
        guard !isInBurst, !isFlushScheduled, context != nil else { return }
        isFlushScheduled = true
        watch.flushSoon(self)
    }

    func flushDeferred() {
        isFlushScheduled = false
        context?.flush()
    }

    func tick(_ now: UInt32) {
        let patience = ground.options.patience
        if let unwritableSince, now &- unwritableSince > patience.reader {
            closeNow()
        } else if !requestIsWhole, !isPaused, now &- lastSign > patience.content {
            if isOpen { refuse(WireError(408, "the request did not come in time")) } else { closeNow() }
        }
    }

    /// The connection announces its end; the exchange goes on.
    func drain() {}

    func closeNow() {
        context?.close(promise: nil)
    }
}
