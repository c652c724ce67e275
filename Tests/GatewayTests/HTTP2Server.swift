import NIOCore
import NIOHPACK
import NIOHTTP2
import NIOPosix
import NIOSSL
import Synchronization

/// A server of HTTP/2 on loopback that does what a request's path says.
final class HTTP2Server: Sendable {
    let port: Int
    private let channel: any Channel
    fileprivate let state: State

    fileprivate final class State: Sendable {
        let connections = Mutex(0)
        let streams = Mutex(0)
        let open = Mutex(0)
        let received = Mutex("")
        /// Streams that wait for `release`.
        let waiting = Mutex<[any Channel]>([])
    }

    /// - Parameter streams: how many streams a caller may open at once.
    init(streams: Int = 100, tls: NIOSSLContext? = nil) async throws {
        let state = State()
        self.state = state
        channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    state.connections.withLock { $0 += 1 }
                    let pipeline = channel.pipeline.syncOperations
                    if let tls { try pipeline.addHandler(NIOSSLServerHandler(context: tls)) }
                    var configuration = NIOHTTP2Handler.ConnectionConfiguration()
                    configuration.initialSettings = [HTTP2Setting(parameter: .maxConcurrentStreams, value: streams)]
                    // What is sent here may be wrong.
                    configuration.contentLengthValidation = .disabled
                    let handler = NIOHTTP2Handler(
                        mode: .server, eventLoop: channel.eventLoop, connectionConfiguration: configuration
                    ) { stream in
                        stream.eventLoop.makeCompletedFuture {
                            try stream.pipeline.syncOperations.addHandler(Answering(state))
                        }
                    }
                    try pipeline.addHandler(handler)
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        port = channel.localAddress?.port ?? 0
    }

    deinit { channel.close(promise: nil) }

    /// Ever made.
    var connections: Int { state.connections.withLock { $0 } }
    /// Ever begun.
    var streams: Int { state.streams.withLock { $0 } }
    var openStreams: Int { state.open.withLock { $0 } }
    var received: String { state.received.withLock { $0 } }

    /// Answers the streams that asked for `/wait`.
    func release() {
        let waiting = state.waiting.withLock { waiting in
            defer { waiting = [] }
            return waiting
        }
        for stream in waiting {
            let head = HTTP2Frame.FramePayload.headers(.init(headers: [":status": "200"], endStream: true))
            stream.writeAndFlush(head, promise: nil)
        }
    }

    private final class Answering: ChannelInboundHandler {
        typealias InboundIn = HTTP2Frame.FramePayload
        typealias OutboundOut = HTTP2Frame.FramePayload

        private let state: State
        private var path = ""
        private var isHEAD = false

        init(_ state: State) { self.state = state }

        func channelActive(context: ChannelHandlerContext) {
            state.streams.withLock { $0 += 1 }
            state.open.withLock { $0 += 1 }
        }

        func channelInactive(context: ChannelHandlerContext) {
            state.open.withLock { $0 -= 1 }
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) {}

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            switch unwrapInboundIn(data) {
            case .headers(let head):
                if let path = head.headers.first(name: ":path") {
                    self.path = path
                    isHEAD = head.headers.first(name: ":method") == "HEAD"
                    state.received.withLock { text in
                        for (name, value, _) in head.headers { text += "\(name)=\(value);" }
                    }
                    begun(context)
                } else {
                    state.received.withLock { $0 += head.headers.map { "trailer \($0.name)=\($0.value);" }.joined() }
                }
                if head.endStream { ended(context) }
            case .data(let data):
                if case .byteBuffer(let piece) = data.data {
                    state.received.withLock { $0 += String(buffer: piece) }
                    if path == "/echo" { send(context, .data(.init(data: .byteBuffer(piece)))) }
                }
                if data.endStream { ended(context) }
            default:
                break
            }
        }

        private func begun(_ context: ChannelHandlerContext) {
            switch path {
            case "/echo":
                send(context, .headers(.init(headers: [":status": "200"])))
            case "/refuse":
                send(context, .rstStream(.refusedStream))
            case "/reset":
                send(context, .headers(.init(headers: [":status": "200", "content-length": "10"])))
                send(context, .data(.init(data: .byteBuffer(ByteBuffer(string: "half")))))
                send(context, .rstStream(.internalError))
            case "/early":
                send(context, .headers(.init(headers: [":status": "413"], endStream: true)))
            case "/expect":
                send(context, .headers(.init(headers: [":status": "100"])))
            case "/short":
                send(context, .headers(.init(headers: [":status": "200", "content-length": "10"])))
                send(context, .data(.init(data: .byteBuffer(ByteBuffer(string: "short")), endStream: true)))
            case "/announced":
                for _ in 0..<20 { send(context, .headers(.init(headers: [":status": "103"]))) }
            case "/endless":
                endlessly(context)
            case "/wait":
                state.waiting.withLock { $0.append(context.channel) }
            case "/goaway":
                let parent = context.channel.parent
                let frame = HTTP2Frame(
                    streamID: .rootStream,
                    payload: .goAway(lastStreamID: 0, errorCode: .noError, opaqueData: nil))
                parent?.writeAndFlush(frame, promise: nil)
            default:
                break
            }
        }

        private func ended(_ context: ChannelHandlerContext) {
            switch path {
            case "/echo":
                send(context, .headers(.init(headers: ["etag": "e"], endStream: true)))
            case "/silent", "/refuse", "/reset", "/early", "/short", "/announced", "/endless", "/endless more", "/wait",
                "/goaway":
                break
            default:
                send(
                    context,
                    .headers(.init(headers: [":status": "200", "content-length": "2", "x-a": "b"], endStream: isHEAD)))
                if !isHEAD { send(context, .data(.init(data: .byteBuffer(ByteBuffer(string: "hi")), endStream: true))) }
            }
        }

        private func endlessly(_ context: ChannelHandlerContext) {
            if path == "/endless" { send(context, .headers(.init(headers: [":status": "200"]))) }
            path = "/endless more"
            let written = context.eventLoop.makePromise(of: Void.self)
            written.futureResult.assumeIsolated().whenSuccess {
                context.eventLoop.assumeIsolated().scheduleTask(in: .milliseconds(1)) { self.endlessly(context) }
            }
            let piece = ByteBuffer(repeating: UInt8(ascii: "x"), count: 10_000)
            context.writeAndFlush(wrapOutboundOut(.data(.init(data: .byteBuffer(piece)))), promise: written)
        }

        private func send(_ context: ChannelHandlerContext, _ payload: HTTP2Frame.FramePayload) {
            context.writeAndFlush(wrapOutboundOut(payload), promise: nil)
        }
    }
}
