import NIOCore
import NIOPosix
import Synchronization

/// A server on loopback that answers each request head with prepared bytes, whatever they are.
final class RawServer: Sendable {
    enum Reply: Sendable {
        case bytes(String)
        case bytesThenClose(String)
        case silence
    }

    let port: Int
    private let channel: any Channel
    private let state: State

    final class State: Sendable {
        let replies: Mutex<[Reply]>
        let connections = Mutex(0)
        let received = Mutex("")

        init(_ replies: [Reply]) { self.replies = Mutex(replies) }
    }

    init(_ replies: [Reply]) async throws {
        let state = State(replies)
        self.state = state
        channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                state.connections.withLock { $0 += 1 }
                return channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Answering(state))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        port = channel.localAddress?.port ?? 0
    }

    deinit { channel.close(promise: nil) }

    var connections: Int { state.connections.withLock { $0 } }
    var received: String { state.received.withLock { $0 } }

    private final class Answering: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer

        private let state: State

        init(_ state: State) { self.state = state }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let text = String(buffer: unwrapInboundIn(data))
            state.received.withLock { $0 += text }
            guard text.contains("\r\n\r\n") else { return }
            switch state.replies.withLock({ $0.isEmpty ? .silence : $0.removeFirst() }) {
            case .silence:
                break
            case .bytes(let bytes):
                context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: bytes)), promise: nil)
            case .bytesThenClose(let bytes):
                context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: bytes)), promise: nil)
                context.close(promise: nil)
            }
        }
    }
}
