/// Finds credentials that were pasted into a file, by the prefixes vendors give their keys and by their randomness.
package enum SecretScan {
    /// A piece of text that looks like a credential.
    package struct Match {
        package let token: String
        /// What it looks like, for the message: `a Stripe key`.
        package let kind: String
        package let position: Position
    }

    /// Prefix, what it is, and how many characters a real key has after it at least.
    private static let prefixes: [(prefix: String, kind: String, rest: Int)] = [
        ("sk_live_", "a Stripe key", 10), ("sk_test_", "a Stripe key", 10), ("rk_live_", "a Stripe key", 10),
        ("rk_test_", "a Stripe key", 10), ("whsec_", "a webhook secret", 16), ("sk-", "a model provider's key", 20),
        ("ghp_", "a GitHub token", 16), ("gho_", "a GitHub token", 16), ("ghu_", "a GitHub token", 16),
        ("ghs_", "a GitHub token", 16), ("ghr_", "a GitHub token", 16), ("github_pat_", "a GitHub token", 16),
        ("glpat-", "a GitLab token", 16), ("AKIA", "an AWS access key", 16), ("ASIA", "an AWS access key", 16),
        ("xoxb-", "a Slack token", 10), ("xoxp-", "a Slack token", 10), ("xoxa-", "a Slack token", 10),
        ("xoxr-", "a Slack token", 10), ("xapp-", "a Slack token", 10), ("AIza", "a Google API key", 30),
        ("ya29.", "a Google access token", 20), ("SG.", "a SendGrid key", 30), ("shpat_", "a Shopify token", 20),
        ("npm_", "an npm token", 30), ("pypi-", "a PyPI token", 30), ("hf_", "a Hugging Face token", 24),
        ("gsk_", "a Groq key", 24), ("sbp_", "a Supabase token", 24), ("dop_v1_", "a DigitalOcean token", 24),
        ("ft_", "a Footing token", 20),
    ]

    /// The credentials in a file's text, comments included.
    ///
    /// - Parameter byRandomness: whether long random-looking words count too, or only known prefixes.
    package static func matches(in text: String, byRandomness: Bool) -> [Match] {
        var matches: [Match] = []
        var line = 1
        for row in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            if row.contains("PRIVATE KEY-----"), row.contains("-----BEGIN ") {
                let position = Position(line: line, column: 1)
                matches.append(Match(token: String(row), kind: "a private key", position: position))
            }
            var index = row.utf8.startIndex
            while index < row.utf8.endIndex {
                let end = row.utf8[index...].firstIndex { !isTokenByte($0) } ?? row.utf8.endIndex
                if end > index {
                    let token = row[index..<end]
                    if token.utf8.count >= 16, let kind = kind(of: token, byRandomness: byRandomness) {
                        let column = row.unicodeScalars.distance(from: row.startIndex, to: index) + 1
                        let position = Position(line: line, column: column)
                        matches.append(Match(token: String(token), kind: kind, position: position))
                    }
                    index = end
                } else {
                    index = row.utf8.index(after: index)
                }
            }
            line += 1
        }
        return matches
    }

    /// What a word looks like, or nil when it looks like no credential.
    static func kind(of token: Substring, byRandomness: Bool = true) -> String? {
        for (prefix, kind, rest) in prefixes where token.hasPrefix(prefix) {
            let tail = token.dropFirst(prefix.count)
            if tail.utf8.count >= rest, tail.utf8.contains(where: { $0.isASCIIDigit }) { return kind }
        }
        if token.hasPrefix("eyJ"), token.utf8.count >= 40, token.split(separator: ".").count == 3 {
            return "a signed token (JWT)"
        }
        return byRandomness && isRandom(token) ? "a random key" : nil
    }

    private static func isTokenByte(_ byte: UInt8) -> Bool {
        byte.isASCIILetter || byte.isASCIIDigit || "_-./+".utf8.contains(byte)
    }

    /// Whether a word is long and mixed enough to have been drawn at random: letters and several separate runs of
    /// digits, without the regularity of names, paths, dates and UUIDs.
    private static func isRandom(_ token: Substring) -> Bool {
        guard !token.hasPrefix("//"), !isUUID(token) else { return false }
        let pieces = token.utf8.split { !($0.isASCIILetter || $0.isASCIIDigit) }
        if pieces.contains(where: { $0.count >= 20 && digitRuns($0) >= 3 && letters($0) >= 3 && entropy($0) >= 3 }) {
            return true
        }
        let bytes = token.utf8
        return bytes.count >= 32 && digitRuns(bytes) >= 3 && entropy(bytes) >= 4.3
            && bytes.count(where: { $0.isASCIIUpper }) >= 4 && bytes.count(where: { $0.isASCIILower }) >= 4
            && pieces.count <= bytes.count / 8
    }

    private static func isUUID(_ token: Substring) -> Bool {
        let pieces = token.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        return pieces.map(\.count) == [8, 4, 4, 4, 12]
            && pieces.allSatisfy { $0.allSatisfy { $0.hexDigit != nil } }
    }

    private static func letters(_ bytes: some Collection<UInt8>) -> Int {
        bytes.count { $0.isASCIILetter }
    }

    private static func digitRuns(_ bytes: some Collection<UInt8>) -> Int {
        var runs = 0
        var isRun = false
        for byte in bytes {
            if byte.isASCIIDigit, !isRun { runs += 1 }
            isRun = byte.isASCIIDigit
        }
        return runs
    }

    /// Bits per character of the word's own letter frequencies (Shannon); the logarithm is taken to a 16th of a bit.
    private static func entropy(_ bytes: some Collection<UInt8>) -> Double {
        var counts = [Int](repeating: 0, count: 256)
        for byte in bytes { counts[Int(byte)] += 1 }
        let total = Double(bytes.count)
        return counts.reduce(0) { sum, count in
            count == 0 ? sum : sum + Double(count) / total * (logarithm(total) - logarithm(Double(count)))
        }
    }

    /// The binary logarithm of a number from 1 on: the exponent, then four bits by repeated squaring.
    private static func logarithm(_ value: Double) -> Double {
        var result = Double(value.exponent)
        var rest = value.significand
        var bit = 0.5
        for _ in 0..<4 {
            rest *= rest
            if rest >= 2 {
                rest /= 2
                result += bit
            }
            bit /= 2
        }
        return result
    }
}
