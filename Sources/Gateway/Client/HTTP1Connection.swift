import Inventory
import NIOCore
import NIOSSL
import Wire

/// A connection of HTTP/1.1 that carries one attempt after another. Confined to its event loop.
///
/// Works on bytes: the whole of HTTP/1.1 is done here and in `ResponseParser`.
final class HTTP1Connection: ChannelDuplexHandler, Carrier {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// Content up to this size goes into one write with the head.
    private static let joined = 16 << 10

    private let pool: EndpointPool
    private let endpoint: Endpoint
    private var state = HTTP1State()
    private var parser: ResponseParser
    private var framing = ContentFraming.none
    private var attempt: Attempt?
    private var context: ChannelHandlerContext?
    private var input = ByteBuffer()
    private var output = ByteBuffer()
    /// Content that waits for `100 Continue`.
    private var held: ByteBuffer?
    private var heldEnd: FieldList??
    /// The last piece did not go out at once.
    private var isBusy = false
    private var holdsRead = false
    private var hasEnded = false
    private var isClosing = false
    private var breakage: (any Error)?

    init(pool: EndpointPool, endpoint: Endpoint, limits: WireLimits) {
        self.pool = pool
        self.endpoint = endpoint
        parser = ResponseParser(limits: limits)
    }

    // MARK: The request

    /// Begins to send; false, and nothing has happened, when the connection is on its way out.
    func carry(_ attempt: Attempt) -> Bool {
        guard let context, self.attempt == nil, !hasEnded, !isClosing else { return false }
        self.attempt = attempt
        let head = attempt.request.head
        output.clear()
        var rest: ByteBuffer?
        switch attempt.request.content {
        case .whole(let content):
            let count = content.readableBytes
            let length = count > 0 || head.length != .none ? BodyLength.exactly(count) : .none
            framing = .none
            state.begin(sending: head.expectsContinue && count > 0 ? .held : .whole, offersUpgrade: head.upgrade != nil)
            head.write(
                into: &output, prefix: endpoint.url.basePath, authority: endpoint.authority, length: length)
            if state.sending == .held {
                held = content
            } else if count > Self.joined {
                rest = content
            } else if count > 0 {
                output.writeImmutableBuffer(content)
            }
        case .streamed:
            framing = ContentFraming(head.length)
            state.begin(sending: head.expectsContinue ? .held : .streaming, offersUpgrade: head.upgrade != nil)
            head.write(into: &output, prefix: endpoint.url.basePath, authority: endpoint.authority)
        }
        parser.expect(method: head.method)
        attempt.wasSent = true
        if let rest {
            context.write(wrapOutboundOut(output), promise: nil)
            context.writeAndFlush(wrapOutboundOut(rest), promise: nil)
        } else {
            context.writeAndFlush(wrapOutboundOut(output), promise: nil)
        }
        // The write may have found the connection broken.
        if self.attempt === attempt { attempt.carried(by: self, holdsContent: state.sending == .held) }
        return true
    }

    var isWritable: Bool {
        switch state.sending {
        case .held: false
        case .stopped: true
        case .whole, .streaming, .raw: context?.channel.isWritable ?? true
        }
    }

    func send(_ content: ByteBuffer) {
        guard let context, attempt != nil else { return }
        switch state.sending {
        case .streaming, .raw:
            do {
                guard let framed = try framing.frame(content) else { return }
                if let before = framed.before { context.write(wrapOutboundOut(before), promise: nil) }
                context.write(wrapOutboundOut(framed.piece), promise: nil)
                if let after = framed.after { context.write(wrapOutboundOut(after), promise: nil) }
                isBusy = false
                context.flush()
                isBusy = !context.channel.isWritable
            } catch {
                fail(ClientError(.closed, wasSent: true, detail: "the content is longer than announced"))
            }
        case .held:
            if held?.writeImmutableBuffer(content) == nil { held = content }
        case .whole, .stopped:
            break
        }
    }

    func end(trailers: FieldList?) {
        guard let context, attempt != nil else { return }
        switch state.sending {
        case .streaming:
            do {
                let last = try framing.end(trailers: trailers)
                state.sentAll()
                if let last { context.writeAndFlush(wrapOutboundOut(last), promise: nil) }
            } catch {
                fail(ClientError(.closed, wasSent: true, detail: "the content is shorter than announced"))
            }
        case .held:
            heldEnd = .some(trailers)
        case .raw:
            context.close(mode: .output, promise: nil)
        case .whole, .stopped:
            break
        }
    }

    func stopHolding() {
        if state.stopHolding() { sendHeld() }
    }

    private func sendHeld() {
        guard let attempt else { return }
        if case .whole(let content) = attempt.request.content {
            held = nil
            state.sentAll()
            context?.writeAndFlush(wrapOutboundOut(content), promise: nil)
            return
        }
        if let held {
            self.held = nil
            send(held)
        }
        if case .some(let trailers) = heldEnd {
            heldEnd = nil
            end(trailers: trailers)
        } else if self.attempt === attempt, isWritable {
            attempt.ready()
        }
    }

    func cancel() {
        guard attempt != nil else { return }
        attempt = nil
        close()
    }

    func close() {
        isClosing = true
        context?.close(promise: nil)
    }

    // MARK: The answer

    func resume() {
        process()
        read()
    }

    /// Asks for bytes if that was put off.
    private func read() {
        guard holdsRead, let context, attempt?.isHeld != true else { return }
        holdsRead = false
        context.read()
    }

    private func process() {
        while let attempt, !attempt.isHeld {
            do {
                let next = try parser.next(&input)
                if let next {
                    perform(state.received(next), attempt)
                } else if hasEnded {
                    end(of: attempt)
                } else {
                    return
                }
            } catch {
                fail(ClientError(.malformed, wasSent: true, detail: error.reason))
            }
        }
    }

    /// The connection ended: so does an answer that lasts until then, if it was an end and not a break.
    private func end(of attempt: Attempt) {
        let last: ResponsePart?
        do { last = breakage == nil ? try parser.ended() : nil } catch { last = nil }
        guard let last else { return fail(ClientError(broken: breakage, wasSent: true)) }
        perform(state.received(last), attempt)
    }

    private func perform(_ action: HTTP1State.Action, _ attempt: Attempt) {
        switch action {
        case .nothing:
            break
        case .sendContent:
            sendHeld()
        case .answer(let head):
            if state.sending == .raw { framing = .raw }
            attempt.answered(head)
        case .content(let piece):
            attempt.sent(piece)
        case .finish(let trailers, let reuse):
            finish(attempt, trailers, reuse)
        case .fail(let reason, let detail):
            fail(ClientError(reason, wasSent: true, detail: detail))
        }
    }

    private func finish(_ attempt: Attempt, _ trailers: FieldList?, _ reuse: Bool) {
        self.attempt = nil
        held = nil
        heldEnd = nil
        isBusy = false
        if reuse, !hasEnded, !isClosing, input.readableBytes == 0 {
            input = ByteBuffer()
            read()
            pool.released(self)
        } else {
            close()
        }
        attempt.finished(trailers: trailers)
    }

    private func fail(_ error: ClientError) {
        guard let attempt else { return }
        self.attempt = nil
        close()
        attempt.failed(error)
    }

    // MARK: The channel

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
    }

    func read(context: ChannelHandlerContext) {
        if attempt?.isHeld == true { holdsRead = true } else { context.read() }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard attempt != nil else {
            // Nothing was asked.
            return close()
        }
        var bytes = unwrapInboundIn(data)
        if input.readableBytes == 0 { input = bytes } else { input.writeBuffer(&bytes) }
        process()
    }

    func channelInactive(context: ChannelHandlerContext) {
        hasEnded = true
        process()
        pool.closed(self)
        context.fireChannelInactive()
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if isBusy, context.channel.isWritable, state.sending == .streaming || state.sending == .raw {
            isBusy = false
            attempt?.ready()
        }
        context.fireChannelWritabilityChanged()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        breakage = error
        // The end of the bytes may still be a good end of the answer; what follows tells.
        if case NIOSSLError.uncleanShutdown = error { return }
        close()
    }
}
