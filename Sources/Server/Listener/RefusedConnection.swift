import NIOCore
import Wire

/// A connection for which there is no place: it is told so, then closed once the caller has read it.
final class RefusedConnection: ChannelInboundHandler, WatchedConnection {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let watch: LoopWatch
    private let patience: UInt32
    private var opened: UInt32 = 0
    private var context: ChannelHandlerContext?
    var place = 0

    init(watch: LoopWatch, patience: UInt32) {
        self.watch = watch
        self.patience = patience
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        watch.add(self)
        opened = watch.now
        if context.channel.isActive { answer(context) }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        watch.remove(self)
        self.context = nil
    }

    func channelActive(context: ChannelHandlerContext) {
        answer(context)
    }

    func channelInactive(context: ChannelHandlerContext) {
        watch.remove(self)
        self.context = nil
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {}

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    private func answer(_ context: ChannelHandlerContext) {
        let (head, content) = RefusalAnswer.make(RefusalAnswer.busy)
        var buffer = ByteBuffer()
        head.write(into: &buffer, framing: .length, keepsAlive: false)
        buffer.writeImmutableBuffer(content)
        context.writeAndFlush(wrapOutboundOut(buffer), promise: nil)
        context.close(mode: .output, promise: nil)
    }

    func tick(_ now: UInt32) {
        if now &- opened > patience { closeNow() }
    }

    func drain() { closeNow() }

    func closeNow() {
        context?.close(promise: nil)
    }
}
