/// The names under which secrets travel, in any case and with or without `-` and `_`.
///
/// A member is a secret when it has one of the names or ends in `password`, `secret`, `token`, `api_key` or `private_key`.
/// A header is one then too, and when its name holds `authorization`, `cookie`, `credential`, `password`, `secret`,
/// `session`, `signature` or `token`, or ends in `key`, since headers seldom carry anything else under such a name.
/// `Idempotency-Key` and what tells of rate limits (`X-RateLimit-Remaining-Tokens`) are no secrets.
struct SecretNames: Sendable {
    static let standard = SecretNames([
        "authorization", "proxy-authorization", "www-authenticate", "cookie", "set-cookie", "password", "passwd", "pwd",
        "passphrase", "secret", "token", "api-key", "x-api-key", "access-key", "secret-access-key", "secret-key",
        "private-key", "signing-key", "credential", "credentials", "session", "session-id", "sid", "jwt", "otp", "pin",
        "cvv", "cvc", "card-number", "iban", "ssn",
    ])

    private static let memberEndings = folded(["password", "secret", "token", "api-key", "private-key"])
    private static let headerParts = folded([
        "authorization", "cookie", "credential", "password", "secret", "session", "signature", "token",
    ])
    private static let harmlessHeaders = folded(["idempotency-key"])
    private static let harmlessHeaderParts = folded(["rate-limit"])
    private static let key = Array("key".utf8)

    private let names: [[UInt8]]

    init(_ names: Set<String>) {
        self.names = SecretNames.folded(names)
    }

    func haveMember(_ name: String) -> Bool {
        SecretNames.withFolded(name) { isMember($0) }
    }

    func haveHeader(_ name: String) -> Bool {
        SecretNames.withFolded(name) { name in
            if isMember(name) { return true }
            if SecretNames.harmlessHeaders.contains(where: { name.elementsEqual($0) }) { return false }
            if SecretNames.harmlessHeaderParts.contains(where: { name.holds($0) }) { return false }
            return name.ends(with: SecretNames.key) || SecretNames.headerParts.contains { name.holds($0) }
        }
    }

    private func isMember(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
        names.contains { $0.count == name.count && name.elementsEqual($0) }
            || SecretNames.memberEndings.contains { name.ends(with: $0) }
    }

    private static func folded(_ names: some Sequence<String>) -> [[UInt8]] {
        names.map { withFolded($0) { Array($0) } }
    }

    /// Runs `body` with the name's bytes in small letters, without `-` and `_`; nothing is allocated for a name of usual length.
    private static func withFolded<Result>(_ name: String, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        let name = name.utf8
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: max(1, name.count)) { space in
            var count = 0
            for byte in name where byte != UInt8(ascii: "-") && byte != UInt8(ascii: "_") {
                space[count] = byte &- UInt8(ascii: "A") < 26 ? byte | 0x20 : byte
                count += 1
            }
            return body(UnsafeBufferPointer(rebasing: space[..<count]))
        }
    }
}

extension UnsafeBufferPointer<UInt8> {
    fileprivate func ends(with text: [UInt8]) -> Bool {
        count >= text.count && self[(count - text.count)...].elementsEqual(text)
    }

    fileprivate func holds(_ text: [UInt8]) -> Bool {
        guard count >= text.count else { return false }
        return (0...count - text.count).contains { self[$0..<$0 + text.count].elementsEqual(text) }
    }
}
