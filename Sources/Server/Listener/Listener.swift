import Gateway
package import Logging
import NIOCore
package import NIOPosix
import NIOSSL
import ServiceLifecycle
import Synchronization

/// The port: accepts connections on all loops of one group and hands every request to a `RequestAcceptor`.
///
/// HTTP/1.1 and HTTP/2, in cleartext (by the connection preface) or over TLS (by ALPN). Each connection lives on one loop; what the
/// connections of a loop share is its `LoopWatch`. As a service: binds, serves, and on graceful shutdown stops accepting, lets answers
/// under way end and closes the rest.
package final class Listener: Service {
    private enum State {
        case new
        case bound(any Channel)
        case stopped
    }

    private let group: MultiThreadedEventLoopGroup
    private let ground: ListenerGround
    private let watches: [ObjectIdentifier: LoopWatch]
    private let state = Mutex(State.new)

    /// - Parameters:
    ///   - group: its loops should carry the connections to providers, too: an answer then crosses no thread.
    ///   - date: the text of the `Date` field; asked once a second per loop.
    package init(
        options: ListenerOptions, group: MultiThreadedEventLoopGroup, acceptor: any RequestAcceptor,
        date: @escaping @Sendable () -> String, logger: Logger
    ) {
        self.group = group
        ground = ListenerGround(options: options, acceptor: acceptor, logger: logger)
        watches = Dictionary(
            uniqueKeysWithValues: group.makeIterator().map { (ObjectIdentifier($0), LoopWatch(loop: $0, date: date)) })
    }

    package var openConnections: Int { ground.load.openConnections }
    package var openExchanges: Int { ground.load.openExchanges }

    /// Begins to accept; the port. Connections wait in the backlog while loops are busy.
    package func bind() async throws -> Int {
        let options = ground.options
        OpenFiles.raiseLimit()
        let channel = try await ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 1024)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .serverChannelOption(.maxMessagesPerRead, value: 16)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelOption(
                .recvAllocator, value: AdaptiveRecvByteBufferAllocator(minimum: 1024, initial: 2048, maximum: 65_536)
            )
            .childChannelInitializer { [ground, watches] channel in
                channel.eventLoop.makeCompletedFuture {
                    guard let watch = watches[ObjectIdentifier(channel.eventLoop)] else {
                        throw ChannelError.ioOnClosedChannel
                    }
                    try Self.welcome(channel, ground, watch)
                }
            }
            .bind(host: options.host, port: options.port).get()
        let wasStopped = state.withLock { state in
            guard case .new = state else { return true }
            state = .bound(channel)
            return false
        }
        if wasStopped { channel.close(promise: nil) }
        return channel.localAddress?.port ?? options.port
    }

    /// Serves until graceful shutdown, then drains; closes at once when cancelled.
    package func run() async throws {
        if case .new = state.withLock({ $0 }) { _ = try await bind() }
        await withDiscardingTaskGroup { tasks in
            tasks.addTask { await self.ground.acceptor.run() }
            do {
                try await gracefulShutdown()
                await drain()
            } catch {
                // Cancelled: nothing is waited for.
                stopAccepting()
                await closeAll()
            }
            tasks.cancelAll()
        }
    }

    /// Ends the connections of this moment, each after its next answer; new ones are still taken.
    package func closeKept() {
        for watch in watches.values {
            watch.loop.execute { watch.closeKept() }
        }
    }

    /// Takes no further connections and no further requests; answers from now on say that the connection ends.
    package func stopAccepting() {
        let stopped = state.withLock { state in
            defer { state = .stopped }
            return state
        }
        if case .bound(let channel) = stopped { channel.close(promise: nil) }
        for watch in watches.values {
            watch.loop.execute { watch.drain() }
        }
    }

    /// Stops accepting and returns when the last answer is written, or when the time for that is over and all is closed.
    package func drain() async {
        stopAccepting()
        await withTaskGroup(of: Void.self) { tasks in
            tasks.addTask { await self.ground.load.waitUntilEmpty() }
            tasks.addTask { try? await Task.sleep(for: self.ground.options.drain) }
            await tasks.next()
            tasks.cancelAll()
        }
        guard openConnections > 0 else { return }
        ground.logger.warning("connections closed before their end", metadata: ["connections": "\(openConnections)"])
        await closeAll()
    }

    private func closeAll() async {
        for watch in watches.values {
            watch.loop.execute { watch.closeNow() }
        }
        await ground.load.waitUntilEmpty()
    }

    private static func welcome(_ channel: any Channel, _ ground: ListenerGround, _ watch: LoopWatch) throws {
        let address = channel.remoteAddress?.ipAddress ?? ""
        let admission = ground.load.enter(address)
        guard admission != .ignored else { throw ChannelError.ioOnClosedChannel }
        channel.closeFuture.whenComplete { _ in ground.load.leave(address, wasRefused: admission == .refused) }
        let pipeline = channel.pipeline.syncOperations
        if admission == .refused {
            guard ground.options.certificate == nil else { throw ChannelError.ioOnClosedChannel }
            try pipeline.addHandler(RefusedConnection(watch: watch, patience: ground.options.patience.lingering))
            return
        }
        if let certificate = ground.options.certificate {
            try pipeline.addHandler(NIOSSLServerHandler(context: certificate.context))
        }
        try pipeline.addHandler(
            ProtocolChoice(ground, watch: watch, remoteAddress: address, isSecure: ground.options.certificate != nil))
    }
}
