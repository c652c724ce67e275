import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A server on loopback that answers each request with prepared bytes, whatever they are.
final class RawServer: Sendable {
    /// What happens once a request has come.
    struct Reply: Sendable {
        enum Step: Sendable {
            case send(String)
            /// One byte at a time, each in a turn of the loop of its own.
            case drip(String)
            /// More of the same, for as long as anybody takes it.
            case endlessly(String)
            case close
            /// The connection breaks instead of ending.
            case reset
        }

        /// A request has come when what came since the last one ends with this.
        var after = "\r\n\r\n"
        var steps: [Step]

        static let silence = Reply(steps: [])

        static func bytes(_ text: String) -> Reply { Reply(steps: [.send(text)]) }
        static func bytesThenClose(_ text: String) -> Reply { Reply(steps: [.send(text), .close]) }
        static func steps(_ steps: Reply.Step..., after: String = "\r\n\r\n") -> Reply {
            Reply(after: after, steps: steps)
        }
    }

    let port: Int
    private let channel: any Channel
    private let state: State

    private final class State: Sendable {
        let replies: Mutex<[Reply]>
        let repeats: Bool
        let connections = Mutex(0)
        let open = Mutex(0)
        let received = Mutex("")

        init(_ replies: [Reply], repeats: Bool) {
            self.replies = Mutex(replies)
            self.repeats = repeats
        }

        var next: Reply? { replies.withLock { $0.first } }

        func take() {
            replies.withLock { if !repeats { $0.removeFirst() } }
        }
    }

    /// - Parameter repeats: the first reply answers all requests.
    init(_ replies: [Reply], repeats: Bool = false, tls: NIOSSLContext? = nil) async throws {
        let state = State(replies, repeats: repeats)
        self.state = state
        channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.backlog, value: 1024)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    if let tls { try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls)) }
                    try channel.pipeline.syncOperations.addHandler(Answering(state))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        port = channel.localAddress?.port ?? 0
    }

    deinit { channel.close(promise: nil) }

    /// Ever made.
    var connections: Int { state.connections.withLock { $0 } }
    var openConnections: Int { state.open.withLock { $0 } }
    var received: String { state.received.withLock { $0 } }

    private final class Answering: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer

        private let state: State
        private var seen = ""

        init(_ state: State) { self.state = state }

        func channelActive(context: ChannelHandlerContext) {
            state.connections.withLock { $0 += 1 }
            state.open.withLock { $0 += 1 }
        }

        func channelInactive(context: ChannelHandlerContext) {
            state.open.withLock { $0 -= 1 }
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let text = String(buffer: unwrapInboundIn(data))
            state.received.withLock { $0 += text }
            seen += text
            guard let reply = state.next,
                reply.after == "\r\n\r\n" ? seen.contains(reply.after) : seen.hasSuffix(reply.after)
            else { return }
            seen = ""
            state.take()
            perform(reply.steps[...], context)
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            context.close(promise: nil)
        }

        private func perform(_ steps: ArraySlice<Reply.Step>, _ context: ChannelHandlerContext) {
            guard let step = steps.first, context.channel.isActive else { return }
            let rest = steps.dropFirst()
            switch step {
            case .send(let text):
                context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text)), promise: nil)
                perform(rest, context)
            case .drip(let text):
                guard let first = text.utf8.first else { return perform(rest, context) }
                context.writeAndFlush(wrapOutboundOut(ByteBuffer(integer: first)), promise: nil)
                let left = String(decoding: text.utf8.dropFirst(), as: UTF8.self)
                context.eventLoop.assumeIsolated().execute { self.perform([.drip(left)] + rest, context) }
            case .endlessly(let text):
                let written = context.eventLoop.makePromise(of: Void.self)
                written.futureResult.assumeIsolated().whenSuccess {
                    // By the clock: tasks that follow one another at once leave the loop no time for its sockets.
                    context.eventLoop.assumeIsolated().scheduleTask(in: .milliseconds(1)) {
                        self.perform(steps, context)
                    }
                }
                let piece = String(repeating: text, count: max(1, 20_000 / max(1, text.utf8.count)))
                context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: piece)), promise: written)
            case .close:
                context.close(promise: nil)
            case .reset:
                // Below TLS, which would end in good order.
                let below = try? context.pipeline.syncOperations.context(handlerType: NIOSSLServerHandler.self)
                (context.channel as? any SocketOptionProvider)?.setSoLinger(linger(l_onoff: 1, l_linger: 0))
                    .assumeIsolated().whenComplete { _ in (below ?? context).close(promise: nil) }
            }
        }
    }
}
