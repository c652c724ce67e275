import Logging
import NIOCore
import NIOTLS
import Wire

/// Finds out which HTTP a new connection speaks: by the TLS handshake (ALPN), else by its first bytes, and makes way for it.
final class ProtocolChoice: ChannelInboundHandler, RemovableChannelHandler, WatchedConnection {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    /// The client's connection preface (RFC 9113, 3.4).
    private static let preface: [UInt8] = Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8)

    private let ground: ListenerGround
    private let watch: LoopWatch
    private let remoteAddress: String
    private let isSecure: Bool
    private var opened: UInt32 = 0
    private var context: ChannelHandlerContext?
    private var received = ByteBuffer()
    private var isChosen = false
    var place = 0

    init(_ ground: ListenerGround, watch: LoopWatch, remoteAddress: String, isSecure: Bool) {
        self.ground = ground
        self.watch = watch
        self.remoteAddress = remoteAddress
        self.isSecure = isSecure
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        watch.add(self)
        opened = watch.now
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        leave()
    }

    func channelInactive(context: ChannelHandlerContext) {
        leave()
        context.fireChannelInactive()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .handshakeCompleted(let negotiated) = event as? TLSUserEvent {
            choose(isHTTP2: negotiated == "h2", context)
        } else {
            context.fireUserInboundEventTriggered(event)
        }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = unwrapInboundIn(data)
        if isChosen {
            context.fireChannelRead(wrapInboundOut(bytes))
            return
        }
        received.writeBuffer(&bytes)
        let begins = received.readableBytesView.prefix(Self.preface.count)
        if !Self.preface.starts(with: begins) {
            choose(isHTTP2: false, context)
        } else if begins.count == Self.preface.count {
            choose(isHTTP2: true, context)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        ground.logger.debug("connection failed", metadata: ["address": "\(remoteAddress)", "reason": "\(error)"])
        context.close(promise: nil)
    }

    private func choose(isHTTP2: Bool, _ context: ChannelHandlerContext) {
        guard !isChosen else { return }
        isChosen = true
        leave()
        do {
            if isHTTP2 {
                try HTTP2Connection.configure(
                    context.channel, ground, watch: watch, remoteAddress: remoteAddress, isSecure: isSecure)
            } else {
                try context.pipeline.syncOperations.addHandler(
                    HTTP1Connection(ground, watch: watch, remoteAddress: remoteAddress, isSecure: isSecure),
                    position: .last)
            }
        } catch {
            ground.logger.debug("connection could not be set up", metadata: ["reason": "\(error)"])
            context.close(promise: nil)
            return
        }
        if received.readableBytes > 0 {
            context.fireChannelRead(wrapInboundOut(received))
            received = ByteBuffer()
        }
        context.pipeline.syncOperations.removeHandler(self, promise: nil)
    }

    private func leave() {
        watch.remove(self)
        context = nil
    }

    func tick(_ now: UInt32) {
        let patience = ground.options.patience
        let limit = isSecure || received.readableBytes > 0 ? patience.head : patience.idle
        if now &- opened > limit { closeNow() }
    }

    func drain() { closeNow() }

    func closeNow() {
        context?.close(promise: nil)
    }
}
