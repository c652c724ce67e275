import NIOCore
import NIOHPACK
import NIOHTTP2
import Wire

/// One attempt as a stream of HTTP/2. Confined to its event loop.
final class HTTP2Stream: ChannelDuplexHandler, Carrier {
    typealias InboundIn = HTTP2Frame.FramePayload
    typealias OutboundIn = HTTP2Frame.FramePayload
    typealias OutboundOut = HTTP2Frame.FramePayload

    private enum Sending {
        case early
        case streaming
        /// Until the provider answers `Expect: 100-continue`.
        case held
        /// The provider answered without wanting the rest.
        case stopped
        case over
    }

    private let connection: HTTP2Connection
    private let endpoint: Endpoint
    private let limits: WireLimits
    private var attempt: Attempt?
    private var context: ChannelHandlerContext?
    private var sending = Sending.early
    /// What was sent before the stream stood or the provider asked for it.
    private var kept: [ByteBuffer] = []
    private var keptEnd: FieldList??
    /// What came while the attempt was paused.
    private var arrived = CircularBuffer<HTTP2Frame.FramePayload>(initialCapacity: 4)
    /// The last piece did not go out at once.
    private var isBusy = false
    private var hasAnswered = false
    private var announcements = 0
    /// Bytes of content that are to come, where the head announced how many.
    private var left: Int?
    private var holdsRead = false
    private var hasEnded = false
    private var hasLeft = false
    private var breakage: (any Error)?

    init(_ attempt: Attempt, endpoint: Endpoint, limits: WireLimits, connection: HTTP2Connection) {
        self.attempt = attempt
        self.endpoint = endpoint
        self.limits = limits
        self.connection = connection
        if case .whole(let content) = attempt.request.content {
            if content.readableBytes > 0 { kept = [content] }
            keptEnd = .some(nil)
        }
    }

    // MARK: The request

    private func begin(_ attempt: Attempt, _ context: ChannelHandlerContext) {
        let hasContent = keptEnd == nil || !kept.isEmpty || keptEnd??.isEmpty == false
        let headers = HPACKHeaders(attempt.request, endpoint: endpoint)
        attempt.wasSent = true
        context.write(
            wrapOutboundOut(.headers(.init(headers: headers, endStream: !hasContent))), promise: nil)
        if !hasContent {
            sending = .over
            context.flush()
        } else if attempt.request.head.expectsContinue {
            sending = .held
            context.flush()
        } else {
            context.flush()
            release()
        }
    }

    /// What was kept goes out.
    private func release() {
        sending = .streaming
        let pieces = kept
        kept = []
        for piece in pieces { send(piece) }
        if case .some(let trailers) = keptEnd {
            end(trailers: trailers)
        } else if isWritable {
            attempt?.ready()
        }
    }

    var isWritable: Bool {
        switch sending {
        case .early, .held: false
        case .stopped, .over: true
        case .streaming: context?.channel.isWritable ?? true
        }
    }

    func send(_ content: ByteBuffer) {
        switch sending {
        case .early, .held:
            kept.append(content)
        case .streaming:
            guard content.readableBytes > 0, let context else { return }
            isBusy = false
            context.writeAndFlush(wrapOutboundOut(.data(.init(data: .byteBuffer(content)))), promise: nil)
            isBusy = !context.channel.isWritable
        case .stopped, .over:
            break
        }
    }

    func end(trailers: FieldList?) {
        switch sending {
        case .early, .held:
            keptEnd = .some(trailers)
        case .streaming:
            sending = .over
            guard let context else { return }
            let last: HTTP2Frame.FramePayload =
                if let trailers, !trailers.isEmpty {
                    .headers(.init(headers: HPACKHeaders(trailers), endStream: true))
                } else {
                    .data(.init(data: .byteBuffer(ByteBuffer()), endStream: true))
                }
            context.writeAndFlush(wrapOutboundOut(last), promise: nil)
        case .stopped, .over:
            break
        }
    }

    func stopHolding() {
        if sending == .held { release() }
    }

    func cancel() {
        attempt = nil
        close()
    }

    /// The stream could not be made.
    func wasNotOpened() {
        breakage = breakage ?? ChannelError.ioOnClosedChannel
        leave()
    }

    private func close() {
        // Resets the stream unless both sides are through.
        context?.close(promise: nil)
    }

    // MARK: The answer

    func resume() {
        process()
        guard holdsRead, attempt?.isHeld != true, let context else { return }
        holdsRead = false
        context.read()
    }

    private func process() {
        while let attempt, !attempt.isHeld {
            guard let payload = arrived.popFirst() else {
                if hasEnded { fail(broken()) }
                return
            }
            switch payload {
            case .headers(let headers): received(headers, attempt)
            case .data(let data): received(data, attempt)
            default: break
            }
        }
    }

    private func received(_ frame: HTTP2Frame.FramePayload.Headers, _ attempt: Attempt) {
        do {
            if hasAnswered {
                finish(attempt, trailers: try FieldList(frame.headers, limits: limits))
                return
            }
            let head = try ResponseHead(
                frame.headers, isWhole: frame.endStream, limits: limits)
            guard head.status >= 200 else { return try announced(head) }
            hasAnswered = true
            if ResponseHead.hasContent(status: head.status, method: attempt.request.head.method) {
                left = head.length == .streamed ? nil : head.length.known
            }
            // A provider that refuses before it has read everything does not want the rest.
            if sending == .held || (sending == .streaming && head.status >= 400) { sending = .stopped }
            attempt.answered(head)
            if frame.endStream, self.attempt === attempt { finish(attempt, trailers: nil) }
        } catch {
            fail(ClientError(.malformed, wasSent: true, detail: error.reason))
        }
    }

    private func announced(_ head: ResponseHead) throws(WireError) {
        announcements += 1
        guard announcements <= HTTP1State.announcementLimit else {
            throw WireError(502, "there are too many announcements before the answer")
        }
        if head.status == 100 { stopHolding() }
    }

    private func received(_ frame: HTTP2Frame.FramePayload.Data, _ attempt: Attempt) {
        guard hasAnswered, case .byteBuffer(let piece) = frame.data else { return }
        if let expected = left {
            guard piece.readableBytes <= expected else { return fail(Self.notAsAnnounced) }
            left = expected - piece.readableBytes
        }
        if piece.readableBytes > 0 { attempt.sent(piece) }
        if frame.endStream, self.attempt === attempt { finish(attempt, trailers: nil) }
    }

    private static let notAsAnnounced = ClientError(
        .malformed, wasSent: true, detail: "the content is not as long as announced")

    private func finish(_ attempt: Attempt, trailers: FieldList?) {
        guard left ?? 0 == 0 else { return fail(Self.notAsAnnounced) }
        self.attempt = nil
        if sending != .over { close() }
        attempt.finished(trailers: trailers)
    }

    private func fail(_ error: ClientError) {
        guard let attempt else { return }
        self.attempt = nil
        close()
        attempt.failed(error)
    }

    private func broken() -> ClientError {
        let wasSent = attempt?.wasSent ?? false
        guard let reset = breakage as? NIOHTTP2Errors.StreamClosed else {
            return ClientError(broken: breakage ?? connection.breakage, wasSent: wasSent)
        }
        let isUnseen = reset.errorCode == .refusedStream || connection.lastStream.map { reset.streamID > $0 } ?? false
        return ClientError(
            .closed, wasSent: wasSent && !isUnseen, detail: "the provider reset the stream: \(reset.errorCode)")
    }

    private func leave() {
        guard !hasLeft else { return }
        hasLeft = true
        hasEnded = true
        connection.streamEnded()
        process()
    }

    // MARK: The channel

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        if context.channel.isActive { channelActive(context: context) }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
        leave()
    }

    func channelActive(context: ChannelHandlerContext) {
        guard let attempt else { return close() }
        guard !connection.isEnding else {
            return fail(ClientError(.closed, wasSent: false, detail: "the provider takes no more streams"))
        }
        if sending == .early { begin(attempt, context) }
    }

    func read(context: ChannelHandlerContext) {
        if attempt?.isHeld == true { holdsRead = true } else { context.read() }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard attempt != nil else { return }
        arrived.append(unwrapInboundIn(data))
        process()
    }

    func channelInactive(context: ChannelHandlerContext) {
        leave()
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        guard isBusy, context.channel.isWritable, sending == .streaming else { return }
        isBusy = false
        attempt?.ready()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        breakage = breakage ?? error
        context.close(promise: nil)
    }
}
