import Inventory
package import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import Synchronization

/// The one way out of the process over HTTP: HTTP/1.1 with kept connections per origin, TLS verified against the machine's trust roots.
package final class HTTPClient: HTTPSender {
    /// Kept idle connections per origin, newest first; a connection idle for longer than `idleTimeout` is closed.
    private struct Pool {
        var idle: [ServiceURL: [ClientConnection]] = [:]
        var isClosed = false
    }

    private static let keptPerOrigin = 32
    private let group: any EventLoopGroup
    private let bodyLimit: Int
    private let idleTimeout: TimeAmount
    private let tls: Mutex<NIOSSLContext?> = Mutex(nil)
    private let pool = Mutex(Pool())

    /// - Parameter bodyLimit: largest answer body in bytes.
    package init(group: any EventLoopGroup, bodyLimit: Int = 16 << 20, idleTimeout: TimeAmount = .seconds(55)) {
        self.group = group
        self.bodyLimit = bodyLimit
        self.idleTimeout = idleTimeout
    }

    package func send(
        _ request: ClientRequest, connectTimeout: Duration, timeout: Duration
    ) async throws(ClientError) -> ClientResponse {
        while let kept = takeIdle(request.origin) {
            do {
                return try await exchange(request, on: kept, timeout: timeout)
            } catch let error where !error.wasSent && error.reason == .closed {
                continue
            }
        }
        let fresh = try await connect(to: request.origin, timeout: min(connectTimeout, timeout))
        return try await exchange(request, on: fresh, timeout: timeout)
    }

    /// Closes the kept connections; requests under way end as they would.
    package func shutdown() {
        let idle = pool.withLock { pool in
            pool.isClosed = true
            defer { pool.idle.removeAll() }
            return pool.idle.values.flatMap { $0 }
        }
        for connection in idle { connection.channel.close(promise: nil) }
    }

    private func exchange(
        _ request: ClientRequest, on connection: ClientConnection, timeout: Duration
    ) async throws(ClientError) -> ClientResponse {
        let result = try await connection.send(request, timeout: timeout)
        if result.isReusable { keep(connection, request.origin) }
        return result.response
    }

    private func takeIdle(_ origin: ServiceURL) -> ClientConnection? {
        pool.withLock { pool in
            while let connection = pool.idle[origin]?.popLast() {
                if connection.channel.isActive { return connection }
            }
            return nil
        }
    }

    private func keep(_ connection: ClientConnection, _ origin: ServiceURL) {
        let surplus = pool.withLock { pool in
            guard !pool.isClosed, pool.idle[origin, default: []].count < Self.keptPerOrigin else { return true }
            pool.idle[origin, default: []].append(connection)
            return false
        }
        if surplus { connection.channel.close(promise: nil) }
    }

    private func connect(to origin: ServiceURL, timeout: Duration) async throws(ClientError) -> ClientConnection {
        do {
            let context = origin.scheme == .https ? try sharedTLS() : nil
            let bootstrap = ClientBootstrap(group: group)
                .connectTimeout(.nanoseconds(timeout.clampedNanoseconds))
                .channelOption(.socketOption(.so_keepalive), value: 1)
                .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            let channel = try await bootstrap.connect(host: origin.host, port: origin.port) {
                [bodyLimit, idleTimeout] channel in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    if let context {
                        try pipeline.addHandler(
                            NIOSSLClientHandler(context: context, serverHostname: origin.serverName))
                    }
                    try pipeline.addHTTPClientHandlers(leftOverBytesStrategy: .dropBytes)
                    let handler = ExchangeHandler(bodyLimit: bodyLimit, idleTimeout: idleTimeout)
                    try pipeline.addHandler(handler)
                    return ClientConnection(
                        channel: channel, handler: NIOLoopBound(handler, eventLoop: channel.eventLoop))
                }
            }
            return channel
        } catch let error as NIOSSLError {
            throw ClientError(.tls, wasSent: false, detail: "\(error)")
        } catch let error as ChannelError where error.isConnectTimeout {
            throw ClientError(.timeout, wasSent: false, detail: "no connection in time")
        } catch {
            throw ClientError(.unreachable, wasSent: false, detail: "\(error)")
        }
    }

    private func sharedTLS() throws -> NIOSSLContext {
        try tls.withLock { context in
            if let context { return context }
            let made = try NIOSSLContext(configuration: .makeClientConfiguration())
            context = made
            return made
        }
    }
}

extension ChannelError {
    fileprivate var isConnectTimeout: Bool {
        if case .connectTimeout = self { true } else { false }
    }
}

extension ServiceURL {
    /// The name for SNI and certificate checks; nil for an address literal.
    fileprivate var serverName: String? {
        host.contains(":") || host.allSatisfy { $0.isNumber || $0 == "." } ? nil : host
    }
}
