import Inventory
import NIOCore
import NIOPosix
import NIOSSL

/// Makes connections to one endpoint: resolves, connects to the first address that answers (RFC 8305), agrees on TLS and protocol.
///
/// Confined to its event loop.
struct Connector {
    /// A connection on which nothing has been sent yet but TLS.
    enum Opened {
        case http1(any Channel)
        case http2(any Channel)
    }

    let endpoint: Endpoint
    let loop: any EventLoop

    /// - Parameter done: called later, never from within.
    func open(within time: TimeAmount, _ done: @escaping (Result<Opened, ClientError>) -> Void) {
        let context: NIOSSLContext?
        do {
            context = endpoint.isSecure ? try endpoint.tls(endpoint.protocols) : nil
        } catch {
            let failure = ClientError(.tls, wasSent: false, detail: "\(error)")
            return loop.assumeIsolated().execute { done(.failure(failure)) }
        }
        let due = NIODeadline.now() + time
        ClientBootstrap(group: loop)
            .connectTimeout(time)
            .channelOption(.socketOption(.so_keepalive), value: 1)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .channelInitializer { [endpoint] channel in
                channel.eventLoop.makeCompletedFuture {
                    try Self.initialize(channel, context, endpoint)
                }
            }
            .connect(host: endpoint.url.host, port: endpoint.url.port)
            .assumeIsolated()
            .whenComplete { result in
                switch result {
                case .success(let channel): self.agree(on: channel, due: due, done)
                case .failure(let error): done(.failure(ClientError(connecting: error)))
                }
            }
    }

    /// Every channel passes here before it connects to one address, also each that is only tried.
    private static func initialize(_ channel: any Channel, _ context: NIOSSLContext?, _ endpoint: Endpoint) throws {
        guard let context else { return }
        let pipeline = channel.pipeline.syncOperations
        guard let proof = endpoint.proof else {
            return try pipeline.addHandlers(
                NIOSSLClientHandler(context: context, serverHostname: endpoint.serverName), Handshake())
        }
        try pipeline.addHandlers(
            NIOSSLClientHandler(
                context: context, serverHostname: endpoint.serverName,
                customVerificationCallback: { $1.succeed(proof($0) ? .certificateVerified : .failed) }),
            Handshake())
    }

    private func agree(
        on channel: any Channel, due: NIODeadline, _ done: @escaping (Result<Opened, ClientError>) -> Void
    ) {
        guard endpoint.isSecure else {
            return done(.success(endpoint.http2 == .always ? .http2(channel) : .http1(channel)))
        }
        guard let handshake = try? channel.pipeline.syncOperations.handler(type: Handshake.self) else {
            return done(.failure(ClientError(.closed, wasSent: false, detail: "the new connection was closed")))
        }
        handshake.wait(until: due) { result in
            switch result {
            case .success("h2"):
                done(.success(.http2(channel)))
            case .success where endpoint.http2 == .always:
                channel.close(promise: nil)
                done(.failure(ClientError(.tls, wasSent: false, detail: "the provider does not speak HTTP/2")))
            case .success:
                done(.success(.http1(channel)))
            case .failure(let error):
                channel.close(promise: nil)
                done(.failure(error))
            }
        }
    }
}
