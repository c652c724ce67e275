import NIOCore
import NIOHTTP2
import Wire

/// A connection of HTTP/2 that carries many attempts side by side, each as a stream. Confined to its event loop.
final class HTTP2Connection: ChannelInboundHandler {
    typealias InboundIn = HTTP2Frame
    typealias OutboundOut = HTTP2Frame

    /// Streams at once where the provider names no limit.
    private static let streamLimit = 100
    private static let pingInterval = TimeAmount.seconds(20)

    private let pool: EndpointPool
    private let endpoint: Endpoint
    private let multiplexer: NIOHTTP2Handler.StreamMultiplexer
    private var context: ChannelHandlerContext?
    /// Streams allowed; nil until the provider has told.
    private var limit: Int?
    private var streams = 0
    private(set) var isEnding = false
    private var timer: Scheduled<Void>?
    private var awaitsPong = false
    /// The last of our streams that the provider looks at, once it has said that it is about to leave.
    private(set) var lastStream: HTTP2StreamID?
    /// Why the connection broke.
    private(set) var breakage: (any Error)?
    private(set) var idleSince: NIODeadline?

    private init(pool: EndpointPool, endpoint: Endpoint, multiplexer: NIOHTTP2Handler.StreamMultiplexer) {
        self.pool = pool
        self.endpoint = endpoint
        self.multiplexer = multiplexer
    }

    /// Begins to speak HTTP/2; the pool is told once the provider has named its limits, or that it did not in time.
    static func start(on channel: any Channel, pool: EndpointPool, endpoint: Endpoint, within time: TimeAmount) {
        do {
            guard channel.isActive else { throw ChannelError.ioOnClosedChannel }
            let handler = NIOHTTP2Handler(
                mode: .client, eventLoop: channel.eventLoop,
                connectionConfiguration: connectionConfiguration(pool.home.options),
                streamConfiguration: streamConfiguration
            ) { stream in
                // Nothing is pushed to us: it is switched off.
                stream.close()
            }
            let pipeline = channel.pipeline.syncOperations
            try pipeline.addHandler(handler)
            let connection = HTTP2Connection(
                pool: pool, endpoint: endpoint, multiplexer: try handler.syncMultiplexer())
            try pipeline.addHandler(connection)
            connection.timer = channel.eventLoop.assumeIsolated().scheduleTask(in: time) {
                connection.end(
                    ClientError(.timeout, wasSent: false, detail: "the provider did not begin HTTP/2 in time"))
            }
        } catch {
            channel.close(promise: nil)
            pool.connectFailed(ClientError(.closed, wasSent: false, detail: "\(error)"))
        }
    }

    private static func connectionConfiguration(_ options: HTTPClient.Options)
        -> NIOHTTP2Handler.ConnectionConfiguration
    {
        var configuration = NIOHTTP2Handler.ConnectionConfiguration()
        // The stream checks it: here the error would be the connection's, and the stream would hear nothing.
        configuration.contentLengthValidation = .disabled
        configuration.initialSettings = [
            HTTP2Setting(parameter: .enablePush, value: 0),
            HTTP2Setting(parameter: .maxHeaderListSize, value: options.wire.head),
            HTTP2Setting(parameter: .initialWindowSize, value: streamConfiguration.targetWindowSize),
        ]
        configuration.targetWindowSize = 1 << 20
        return configuration
    }

    private static let streamConfiguration: NIOHTTP2Handler.StreamConfiguration = {
        var configuration = NIOHTTP2Handler.StreamConfiguration()
        configuration.targetWindowSize = 256 << 10
        configuration.outboundBufferSizeHighWatermark = 64 << 10
        configuration.outboundBufferSizeLowWatermark = 32 << 10
        return configuration
    }()

    func carry(_ attempt: Attempt) {
        streams += 1
        idleSince = nil
        if streams == 1 { keepAlive() }
        let stream = HTTP2Stream(attempt, endpoint: endpoint, limits: pool.home.options.wire, connection: self)
        attempt.carried(by: stream, holdsContent: attempt.request.head.expectsContinue)
        guard let loop = context?.eventLoop else { return stream.wasNotOpened() }
        let bound = NIOLoopBound(stream, eventLoop: loop)
        let opened = loop.makePromise(of: (any Channel).self)
        opened.futureResult.assumeIsolated().whenFailure { _ in stream.wasNotOpened() }
        multiplexer.createStreamChannel(promise: opened) { channel in
            channel.eventLoop.makeCompletedFuture {
                try channel.pipeline.syncOperations.addHandler(bound.value)
            }
        }
    }

    /// A stream is over; each says so once.
    func streamEnded() {
        streams -= 1
        if streams == 0 {
            idleSince = .now()
            timer?.cancel()
            if isEnding { return close() }
        }
        pool.slotsChanged(self, by: 1)
    }

    /// Takes no new streams, and closes after the last one.
    func closeWhenIdle() {
        leave()
        if streams == 0 { close() }
    }

    func close() {
        context?.close(promise: nil)
    }

    // MARK: The channel

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let frame = unwrapInboundIn(data)
        switch frame.payload {
        case .settings(.settings(let settings)):
            changed(settings)
        case .goAway(let last, _, _):
            lastStream = last
            closeWhenIdle()
        case .ping(_, ack: true):
            awaitsPong = false
        default:
            break
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        timer?.cancel()
        end(ClientError(broken: breakage, wasSent: false))
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // Those of one stream come to that stream.
        if error is NIOHTTP2Errors.StreamError { return }
        breakage = breakage ?? error
        context.close(promise: nil)
    }

    private func changed(_ settings: HTTP2Settings) {
        let named = settings.last { $0.parameter == .maxConcurrentStreams }?.value
        let before = limit
        let now = named ?? before ?? Self.streamLimit
        limit = now
        if let before {
            pool.slotsChanged(self, by: now - before)
        } else {
            timer?.cancel()
            idleSince = .now()
            pool.connected(self, slots: now)
        }
    }

    /// A provider that has gone without a word is found out by its silence to pings, while anything is under way.
    private func keepAlive() {
        timer?.cancel()
        guard let context else { return }
        timer = context.eventLoop.assumeIsolated().scheduleTask(in: Self.pingInterval) {
            guard !self.awaitsPong else {
                self.breakage = ClientError(.timeout, wasSent: true, detail: "the provider does not answer pings")
                return self.close()
            }
            self.awaitsPong = true
            let ping = HTTP2Frame(streamID: .rootStream, payload: .ping(HTTP2PingData(withInteger: 1), ack: false))
            context.writeAndFlush(self.wrapOutboundOut(ping), promise: nil)
            self.keepAlive()
        }
    }

    /// Ends before or after the provider named its limits.
    private func end(_ error: ClientError) {
        if limit == nil {
            limit = 0
            isEnding = true
            close()
            pool.connectFailed(error)
        } else {
            leave()
        }
    }

    private func leave() {
        guard !isEnding else { return }
        isEnding = true
        pool.ended(self)
    }
}
