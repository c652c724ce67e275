import ArgumentParser
import Inventory

/// Which server a command talks to, and as whom.
struct ClientOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The server's address. (default: FOOTING_URL, else the project's own server)", valueName: "url"))
    var url: String?

    @Option(
        help: ArgumentHelp("The token to show. (default: FOOTING_TOKEN, else the project's own)", valueName: "token"))
    var token: String?

    @OptionGroup var project: ProjectOptions

    @Flag(help: "Answer in JSON, for programs.")
    var json = false

    /// The client for that server. Throws `Failure`.
    func client(bodyLimit: Int = 16 << 20) throws -> FootingClient {
        let given = Self.filled(url) ?? Self.filled(Environment.variable("FOOTING_URL"))
        let origin = try given.map { try ServerAddress.parse($0) } ?? projectOrigin()
        let token =
            try Self.filled(token) ?? Self.filled(Environment.variable("FOOTING_TOKEN")) ?? localToken(for: origin)
        return FootingClient(origin: origin, token: token, shown: localCertificate(for: origin), bodyLimit: bodyLimit)
    }

    /// Where the project's server listens: as the running one wrote it down, else as its files say.
    private func projectOrigin() throws -> ServiceURL {
        let folder = try project.folder()
        if let bytes = try? Files.read(folder.addressFile, limit: 1024) {
            let text = String(decoding: bytes, as: UTF8.self).prefix { $0 != "\n" }
            if let origin = try? ServerAddress.parse(String(text)) { return origin }
        }
        let project = try folder.load()
        return ServerAddress.local(project.listen, isSecure: project.tls != nil)
    }

    /// The token of this machine's user; never shown to a server elsewhere.
    private func localToken(for origin: ServiceURL) throws -> String? {
        guard origin.isLoopback, let folder = try? project.folder(),
            let bytes = try? Files.read(folder.tokenFile, limit: 4096)
        else { return nil }
        return String(decoding: bytes, as: UTF8.self).filter { !$0.isWhitespace }
    }

    /// The file with the certificate that the project's own server shows: on this machine that very certificate is proof,
    /// whatever name it is made out to and whoever signed it. Nil for a server elsewhere, which is verified in full.
    private func localCertificate(for origin: ServiceURL) -> String? {
        guard origin.scheme == .https, origin.isLoopback else { return nil }
        guard let folder = try? project.folder() else { return nil }
        return Files.exists(folder.certificateFile) ? folder.certificateFile : (try? folder.load())?.tls?.certificate
    }

    private static func filled(_ text: String?) -> String? {
        text.flatMap { $0.isEmpty ? nil : $0 }
    }
}
