import Access
import Inventory
import NIOCore
import NIOEmbedded
import NIOSSL
import NIOTLS
import Testing

@testable import Gateway

@Suite("A connection to a provider is made with the TLS that the inventory asks for")
struct TLSSettingsTests {
    private typealias Samples = TLSSamples

    private func settings(
        trust authorities: String? = Samples.authority, _ protocols: [String] = ["h2", "http/1.1"],
        certificate: String? = nil, key: String? = nil
    ) -> TLSSettings {
        TLSSettings(
            ProviderTLS(authorities: authorities), protocols: protocols,
            certificate: certificate.map { Secret(name: "cert", value: $0) },
            key: key.map { Secret(name: "cert-key", value: $0) })
    }

    private func server(
        _ protocols: [String], minimum: TLSVersion = .tlsv12, maximum: TLSVersion? = nil,
        asksForCertificate: Bool = false
    ) throws -> NIOSSLContext {
        let certificate = try NIOSSLCertificate(bytes: Array(Samples.server.utf8), format: .pem)
        let key = try NIOSSLPrivateKey(bytes: Array(Samples.serverKey.utf8), format: .pem)
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: [.certificate(certificate)], privateKey: .privateKey(key))
        configuration.applicationProtocols = protocols
        configuration.minimumTLSVersion = minimum
        configuration.maximumTLSVersion = maximum
        if asksForCertificate {
            configuration.certificateVerification = .noHostnameVerification
            configuration.trustRoots = .certificates(
                try NIOSSLCertificate.fromPEMBytes(Array(Samples.authority.utf8)))
        }
        return try NIOSSLContext(configuration: configuration)
    }

    /// Two ends of a connection in memory.
    private func handshake(_ client: NIOSSLContext, _ server: NIOSSLContext, name: String? = "api.example.com")
        throws -> Outcome
    {
        let near = EmbeddedChannel()
        let far = EmbeddedChannel()
        let (ours, theirs) = (Listener(), Listener())
        try near.pipeline.syncOperations.addHandlers(
            NIOSSLClientHandler(context: client, serverHostname: name), ours)
        try far.pipeline.syncOperations.addHandlers(NIOSSLServerHandler(context: server), theirs)
        try near.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
        try far.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 2)).wait()
        func exchange() throws {
            for _ in 0..<20 {
                while let bytes = try near.readOutbound(as: ByteBuffer.self) { _ = try? far.writeInbound(bytes) }
                while let bytes = try far.readOutbound(as: ByteBuffer.self) { _ = try? near.writeInbound(bytes) }
            }
        }
        try exchange()
        let outcome = Outcome(isDone: ours.isDone && theirs.isDone && !theirs.hasFailed, chosen: ours.chosen)
        // Not waited for: an end that failed gets no goodbye.
        near.close(promise: nil)
        far.close(promise: nil)
        try exchange()
        return outcome
    }

    private struct Outcome: Equatable {
        var isDone: Bool
        var chosen: String?
    }

    private final class Listener: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        var isDone = false
        var hasFailed = false
        var chosen: String?

        func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
            guard case .handshakeCompleted(let chosen) = event as? TLSUserEvent else { return }
            isDone = true
            self.chosen = chosen
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) { hasFailed = true }
    }

    @Test("the protocol that both sides speak is agreed on, the one wished for first")
    func protocols() throws {
        let client = try settings().context()
        #expect(try handshake(client, server(["h2", "http/1.1"])) == Outcome(isDone: true, chosen: "h2"))
        #expect(try handshake(client, server(["http/1.1"])) == Outcome(isDone: true, chosen: "http/1.1"))
        let old = try settings(["http/1.1"]).context()
        #expect(try handshake(old, server(["h2", "http/1.1"])) == Outcome(isDone: true, chosen: "http/1.1"))
    }

    @Test("a certificate of another authority, or for another name, is not accepted")
    func verification() throws {
        let server = try server(["http/1.1"])
        #expect(try !handshake(settings(trust: nil).context(), server).isDone)
        #expect(try !handshake(settings(trust: Samples.otherAuthority).context(), server).isDone)
        #expect(try !handshake(settings().context(), server, name: "other.example.com").isDone)
        #expect(try handshake(settings().context(), server).isDone)
    }

    @Test("nothing below TLS 1.2 is spoken")
    func versions() throws {
        let client = try settings().context()
        #expect(try !handshake(client, server(["http/1.1"], minimum: .tlsv1, maximum: .tlsv11)).isDone)
        #expect(try handshake(client, server(["http/1.1"], maximum: .tlsv12)).isDone)
    }

    @Test("the client certificate is shown where the provider asks for one, given as PEM or as its base64")
    func clientCertificate() throws {
        let server = try server(["http/1.1"], asksForCertificate: true)
        #expect(try !handshake(settings().context(), server).isDone)
        let plain = settings(certificate: Samples.client, key: Samples.clientKey)
        #expect(try handshake(plain.context(), server).isDone)
        let encoded = settings(
            certificate: Base64.text(Array(Samples.client.utf8)), key: Base64.text(Array(Samples.clientKey.utf8)))
        #expect(try handshake(encoded.context(), server).isDone)
    }

    @Test("what is wrong with a secret or a file is said without showing it")
    func faults() throws {
        func fault(_ settings: TLSSettings) -> String {
            do {
                _ = try settings.context()
                return "none"
            } catch {
                return error.description
            }
        }
        #expect(fault(settings(certificate: "x", key: "y")) == "the secret cert holds no certificate in PEM")
        #expect(
            fault(settings(certificate: Samples.client, key: "c2VjcmV0"))
                == "the secret cert-key holds no private key in PEM, or an encrypted one")
        #expect(
            fault(settings(certificate: Samples.client, key: Samples.serverKey))
                == "the secrets cert and cert-key do not belong together")
        #expect(fault(settings(trust: "")).contains("tls.ca"))
        #expect(!"\(settings(certificate: "abc", key: "xyz"))".contains("xyz"))
    }

    @Test("one context is kept for a provider and environment until its secret changes")
    func contexts() throws {
        let contexts = TLSContexts()
        let first = settings(certificate: Samples.client, key: Samples.clientKey)
        let context = try contexts.context(for: first, provider: "bank", environment: .sandbox)
        let again = settings(certificate: Samples.client, key: Samples.clientKey)
        #expect(try contexts.context(for: again, provider: "bank", environment: .sandbox) === context)
        #expect(try contexts.context(for: again, provider: "post", environment: .production) === context)
        let rotated = settings(certificate: Samples.client + "\n", key: Samples.clientKey)
        let renewed = try contexts.context(for: rotated, provider: "bank", environment: .sandbox)
        #expect(renewed !== context)
        #expect(try contexts.context(for: rotated, provider: "bank", environment: .sandbox) === renewed)
        #expect(try contexts.context(for: again, provider: "post", environment: .production) === context)
        #expect(throws: TLSFault.self) {
            try contexts.context(for: settings(certificate: "", key: ""), provider: "bank", environment: .sandbox)
        }
    }

    @Test("the name asked for is the address's host, unless the inventory names another or the host is a number")
    func serverName() {
        func name(_ host: String, _ tls: ProviderTLS = ProviderTLS()) -> String? {
            Endpoint(ServiceURL(scheme: .https, host: host), serverName: tls.serverName).serverName
        }
        #expect(name("api.example.com") == "api.example.com")
        #expect(name("127.0.0.1") == nil)
        #expect(name("::1") == nil)
        #expect(name("10.0.0.1", ProviderTLS(serverName: "bank.example")) == "bank.example")
    }
}
