import Foundation
import NIOSSL
import TestSupport

/// Keys and certificates made for one test by the `openssl` program.
struct ClientCertificates: Sendable {
    private static let program = ["/usr/bin/openssl", "/usr/local/bin/openssl", "/opt/homebrew/bin/openssl"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    /// Tests that need certificates are skipped without it.
    static let isPossible = program != nil

    struct Failed: Error { let arguments: [String] }

    private let folder: TemporaryFolder

    /// An authority `ca`; all certificates share one key.
    init() throws {
        folder = try TemporaryFolder()
        try run("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", file("key.pem"))
        try authority("ca")
    }

    func file(_ name: String) -> String { folder.file(name) }

    func authority(_ name: String) throws {
        try run(
            "req", "-new", "-x509", "-key", file("key.pem"), "-subj", "/CN=\(name)", "-days", "2", "-out",
            file("\(name).pem"))
    }

    /// A certificate for a host, or one that has expired when `days` is negative.
    func certificate(for host: String, signedBy authority: String = "ca", days: Int = 2) throws
        -> NIOSSLCertificateSource
    {
        let name = "\(host)-\(authority)-\(days)"
        try folder.write("\(name).cnf", Array("subjectAltName=DNS:\(host)".utf8))
        try run("req", "-new", "-key", file("key.pem"), "-subj", "/CN=\(host)", "-out", file("\(name).csr"))
        try run(
            "x509", "-req", "-in", file("\(name).csr"), "-CA", file("\(authority).pem"), "-CAkey", file("key.pem"),
            "-set_serial", "2", "-days", String(days), "-extfile", file("\(name).cnf"), "-out", file("\(name).pem"))
        guard let certificate = try NIOSSLCertificate.fromPEMFile(file("\(name).pem")).first else {
            throw Failed(arguments: [name])
        }
        return .certificate(certificate)
    }

    var key: NIOSSLPrivateKeySource {
        get throws { .privateKey(try NIOSSLPrivateKey(file: file("key.pem"), format: .pem)) }
    }

    /// - Parameter wantsClient: asks for a certificate of the authority `ca`.
    func server(
        _ certificate: NIOSSLCertificateSource, protocols: [String] = [], wantsClient: Bool = false
    ) throws -> NIOSSLContext {
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: [certificate], privateKey: try key)
        configuration.applicationProtocols = protocols
        if wantsClient {
            configuration.certificateVerification = .noHostnameVerification
            configuration.trustRoots = .file(file("ca.pem"))
        }
        return try NIOSSLContext(configuration: configuration)
    }

    /// Trusts the authority `ca` alone.
    func supplier(showing certificate: NIOSSLCertificateSource? = nil) throws -> (
        @Sendable ([String]) throws -> NIOSSLContext
    ) {
        var base = TLSConfiguration.makeClientConfiguration()
        base.trustRoots = .file(file("ca.pem"))
        if let certificate {
            base.certificateChain = [certificate]
            base.privateKey = try key
        }
        return { [base] protocols in
            var configuration = base
            configuration.applicationProtocols = protocols
            return try NIOSSLContext(configuration: configuration)
        }
    }

    private func run(_ arguments: String...) throws {
        guard let program = Self.program else { throw Failed(arguments: arguments) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failed(arguments: arguments) }
    }
}
