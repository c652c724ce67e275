/// The command line's own admin token, in `cli.token` of the state folder (mode 0600): whoever may read that file owns the
/// installation anyway.
package enum LocalToken {
    package static let fileName = "cli.token"
    private static let name = "command line"

    /// The token's text. The first process that needs it makes it; a token unknown to the state file (which was moved
    /// away, say) is stored again, a revoked one is replaced.
    package static func load(folder: String, authority: TokenAuthority) async throws -> String {
        try PrivateFile.makeFolder(folder)
        let file = PrivateFile(path: folder + "/" + fileName)
        // A second round is needed when another process was quicker, or when the token has to be replaced.
        for _ in 0..<3 {
            if let bytes = try file.read() {
                let text = String(decoding: bytes.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
                guard let token = TokenText(parsing: text) else {
                    throw AccessError(.tokenInvalid, "\(file.path) is damaged: remove it, and Footing makes a new one.")
                }
                switch try await authority.verify(text) {
                case .accepted:
                    return text
                case .refused(.unknown), .refused(.malformed):
                    try await authority.adopt(token, name: name, scopes: ["admin"], tenant: "main")
                    return text
                case .refused(.revoked), .refused(.expired):
                    file.remove()
                }
            }
            let fresh = TokenText.random()
            if try file.create(Array(fresh.text.utf8) + [UInt8(ascii: "\n")]) {
                try await authority.adopt(fresh, name: name, scopes: ["admin"], tenant: "main")
                return fresh.text
            }
        }
        throw AccessError(.fileFailed, "\(file.path) keeps changing; is another process replacing it?")
    }
}
