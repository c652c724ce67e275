import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle
import Wire

@testable import Server

/// A listener on a free port of this machine with callers that speak raw bytes.
struct ListenerService {
    let port: Int
    let listener: Listener
    let services: ServiceGroup

    /// Serves while `body` runs, then shuts down gracefully; returns when all is closed.
    static func serving(
        _ acceptor: any RequestAcceptor, options: ListenerOptions = ListenerOptions(host: "127.0.0.1", port: 0),
        _ body: @escaping @Sendable (ListenerService) async throws -> Void
    ) async throws {
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let listener = Listener(options: options, group: group, acceptor: acceptor, date: { "now" }, logger: logger)
        let port = try await listener.bind()
        let services = ServiceGroup(services: [listener], logger: logger)
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await services.run() }
            let world = ListenerService(port: port, listener: listener, services: services)
            do {
                try await body(world)
            } catch {
                await services.triggerGracefulShutdown()
                throw error
            }
            await services.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }
        try await group.shutdownGracefully()
    }

    /// A caller: sends the text, then hands what comes to `body`.
    func call<Result: Sendable>(
        _ text: String, _ body: @Sendable (inout Caller) async throws -> Result
    ) async throws -> Result {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            var caller = Caller(inbound: inbound.makeAsyncIterator(), outbound: outbound)
            if !text.isEmpty { try await caller.send(text) }
            return try await body(&caller)
        }
    }

    struct Caller {
        var inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
        let outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
        /// Everything that came so far.
        var received = ""

        func send(_ text: String) async throws {
            try await outbound.write(ByteBuffer(string: text))
        }

        /// Reads on until the text has come; false when the connection ended before.
        mutating func reads(_ text: String) async throws -> Bool {
            while !received.contains(text) {
                guard let bytes = try await inbound.next() else { return false }
                received += String(buffer: bytes)
            }
            return true
        }

        /// Reads until the other side closes.
        mutating func rest() async throws -> String {
            while let bytes = try await inbound.next() { received += String(buffer: bytes) }
            return received
        }
    }
}
