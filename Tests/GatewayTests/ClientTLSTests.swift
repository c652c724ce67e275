import Inventory
import NIOCore
import NIOSSL
import Testing
import Wire

@testable import Gateway

@Suite("HTTP client: TLS", .enabled(if: ClientCertificates.isPossible, "the openssl program is not installed"))
struct ClientTLSTests {
    private static let hi = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"

    private func story(
        _ port: Int, host: String = "localhost", _ tls: @escaping Endpoint.TLSSupplier, http2: HTTP2Use = .auto
    ) async throws -> ClientProbe.Story {
        let probe = ClientProbe()
        let endpoint = Endpoint(ServiceURL(scheme: .https, host: host, port: port), http2: http2, tls: tls)
        let story = try await probe.story(.to(endpoint))
        #expect(await comesTrue { await probe.isAtRest() })
        return story
    }

    @Test("a provider with a certificate of a trusted authority for its name is spoken to")
    func trusted() async throws {
        let certificates = try ClientCertificates()
        let server = try await RawServer(
            [.bytes(Self.hi)], tls: certificates.server(certificates.certificate(for: "localhost")))
        #expect(try await story(server.port, certificates.supplier()).text == "hi")
    }

    @Test("a certificate for another name, of another authority or out of its time is refused before anything is sent")
    func refused() async throws {
        let certificates = try ClientCertificates()
        try certificates.authority("other")
        let bad = [
            try certificates.certificate(for: "example.org"),
            try certificates.certificate(for: "localhost", signedBy: "other"),
            try certificates.certificate(for: "localhost", days: -1),
        ]
        for certificate in bad {
            let server = try await RawServer([.bytes(Self.hi)], tls: certificates.server(certificate))
            let error = try await story(server.port, certificates.supplier()).error
            #expect(error?.reason == .tls)
            #expect(error?.wasSent == false)
            #expect(server.received.isEmpty)
        }
    }

    @Test("a server whose very certificate is at hand is trusted by it, whatever its name, and no other is")
    func pinned() async throws {
        let certificates = try ClientCertificates()
        let server = try await RawServer(
            [.bytes(Self.hi)], repeats: true,
            tls: certificates.server(certificates.certificate(for: "footing.example.org")))
        let known = certificates.file("footing.example.org-ca-2.pem")
        _ = try certificates.certificate(for: "localhost")
        let other = certificates.file("localhost-ca-2.pem")
        let url = ServiceURL(scheme: .https, host: "127.0.0.1", port: server.port)
        #expect(try await ClientProbe().story(.to(Endpoint(url, showing: known))).text == "hi")
        for file in [other, certificates.file("nothing.crt")] {
            let error = try await ClientProbe().story(.to(Endpoint(url, showing: file))).error
            #expect(error?.reason == .tls && error?.wasSent == false)
        }
    }

    @Test("a provider that wants a certificate gets the endpoint's, and refuses those without")
    func clientCertificate() async throws {
        let certificates = try ClientCertificates()
        let server = try await RawServer(
            [.bytes(Self.hi)], repeats: true,
            tls: certificates.server(certificates.certificate(for: "localhost"), wantsClient: true))
        let shown = try certificates.supplier(showing: certificates.certificate(for: "client"))
        #expect(try await story(server.port, shown).text == "hi")
        let error = try await story(server.port, certificates.supplier()).error
        #expect(error?.reason == .tls || error?.reason == .closed)
    }

    @Test("a server that does not speak TLS, or says nothing, is refused in time")
    func noTLS() async throws {
        let certificates = try ClientCertificates()
        let plain = try await RawServer([.steps(.send("HTTP/1.1 400 X\r\n\r\n"), .close, after: "")], repeats: true)
        #expect(try await story(plain.port, certificates.supplier()).error?.wasSent == false)
        let silent = try await RawServer([.silence])
        let probe = ClientProbe()
        var request = ClientRequest.to(
            Endpoint(
                ServiceURL(scheme: .https, host: "localhost", port: silent.port), tls: try certificates.supplier()))
        request.connectTimeout = .milliseconds(100)
        let error = try await probe.story(request).error
        #expect(error?.reason == .timeout)
        #expect(error?.wasSent == false)
        #expect(await comesTrue { silent.openConnections == 0 })
    }

    @Test("an endpoint whose TLS cannot be set up says so")
    func noContext() async throws {
        struct Missing: Error {}
        let error = try await story(1, { _ in throw Missing() }).error
        #expect(error?.reason == .tls)
        #expect(error?.wasSent == false)
    }

    @Test("an answer that ends with the connection is not believed unless TLS ends too")
    func truncated() async throws {
        let certificates = try ClientCertificates()
        let tls = try certificates.server(certificates.certificate(for: "localhost"))
        let good = try await RawServer([.bytesThenClose("HTTP/1.1 200 OK\r\n\r\nall")], tls: tls)
        #expect(try await story(good.port, certificates.supplier()).error == nil)
        let cut = try await RawServer([.steps(.send("HTTP/1.1 200 OK\r\n\r\nhal"), .reset)], tls: tls)
        #expect(try await story(cut.port, certificates.supplier()).error?.reason == .closed)
    }

    @Test("where HTTP/2 is demanded a provider without it is refused")
    func onlyHTTP2() async throws {
        let certificates = try ClientCertificates()
        let server = try await RawServer(
            [.bytes(Self.hi)],
            tls: certificates.server(certificates.certificate(for: "localhost"), protocols: ["http/1.1"]))
        #expect(try await story(server.port, certificates.supplier(), http2: .always).error?.wasSent == false)
    }
}
