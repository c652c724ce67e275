import Logging
import NIOCore
import NIOHTTP2
import Wire

/// The last handler of a caller's HTTP/2 connection: ends it when it is broken or the server stops.
///
/// Frames, flow control and abuse of resets and settings are NIOHTTP2's matter; each stream is an `HTTP2Exchange`.
final class HTTP2Connection: ChannelInboundHandler, WatchedConnection {
    typealias InboundIn = HTTP2Frame

    private static let streamsAtOnce = 100
    /// Content of all streams that may be under way to us.
    private static let connectionWindow = 1 << 20

    private let ground: ListenerGround
    private let watch: LoopWatch
    private var context: ChannelHandlerContext?
    var place = 0

    static func configure(
        _ channel: any Channel, _ ground: ListenerGround, watch: LoopWatch, remoteAddress: String, isSecure: Bool
    ) throws {
        var connection = NIOHTTP2Handler.ConnectionConfiguration()
        connection.initialSettings = [
            HTTP2Setting(parameter: .maxConcurrentStreams, value: streamsAtOnce),
            HTTP2Setting(parameter: .maxHeaderListSize, value: ground.options.limits.head),
            HTTP2Setting(parameter: .enablePush, value: 0),
        ]
        // `HTTP2RequestHead` and `HTTP2Exchange` check both, more strictly, and end the stream alone.
        connection.headerBlockValidation = .disabled
        connection.contentLengthValidation = .disabled
        connection.targetWindowSize = connectionWindow
        var streams = NIOHTTP2Handler.StreamConfiguration()
        streams.outboundBufferSizeHighWatermark = 64 << 10
        streams.outboundBufferSizeLowWatermark = 32 << 10
        let management = NIOHTTP2ServerConnectionManagementHandler(
            eventLoop: channel.eventLoop,
            configuration: .init(
                maxIdleTime: .seconds(Int64(ground.options.patience.idle)), maxAge: nil, maxGraceTime: nil,
                keepalive: nil))
        let handler = NIOHTTP2Handler(
            mode: .server, eventLoop: channel.eventLoop, connectionConfiguration: connection,
            streamConfiguration: streams, streamDelegate: management.http2StreamDelegate
        ) { stream in
            stream.eventLoop.makeCompletedFuture {
                try stream.pipeline.syncOperations.addHandler(
                    HTTP2Exchange(ground, watch: watch, remoteAddress: remoteAddress, isSecure: isSecure))
            }
        }
        let pipeline = channel.pipeline.syncOperations
        try pipeline.addHandler(handler)
        try pipeline.addHandler(management)
        try pipeline.addHandler(HTTP2Connection(ground, watch: watch))
    }

    private init(_ ground: ListenerGround, watch: LoopWatch) {
        self.ground = ground
        self.watch = watch
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        watch.add(self)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        leave()
    }

    func channelInactive(context: ChannelHandlerContext) {
        leave()
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {}

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // Frames of a stream that is over crossed its end on the way.
        if error is NIOHTTP2Errors.NoSuchStream { return }
        ground.logger.debug("connection failed", metadata: ["reason": "\(error)"])
        // The GOAWAY that tells why is written already.
        context.close(promise: nil)
    }

    private func leave() {
        watch.remove(self)
        context = nil
    }

    func tick(_ now: UInt32) {}

    func drain() {
        // Only told after the handlers in front of this one are: GOAWAY, then closed when the last stream has ended.
        context?.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
    }

    func closeNow() {
        context?.close(promise: nil)
    }
}
