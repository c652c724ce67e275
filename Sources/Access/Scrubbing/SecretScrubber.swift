/// Replaces every known secret in a text by `[secret NAME]`: for log lines, errors, journals and kept bodies.
///
/// Finds a value in all its spellings (`SecretForms`), whatever escapes it is written with, in one pass whatever the number
/// of secrets. Values shorter than six bytes are not looked for (`ignored`).
package struct SecretScrubber: Sendable {
    private let patterns: SecretPatterns
    /// Those of secrets that an innocent text does not hold by chance.
    private let distinct: SecretPatterns

    package init(_ secrets: [Secret]) {
        let all = SecretPatterns(secrets)
        patterns = all
        let short = secrets.contains { $0.withValue { !SecretForms($0).isDistinct } }
        distinct = short ? SecretPatterns(secrets, where: \.isDistinct) : all
    }

    /// Names of secrets that are too short to be looked for.
    package var ignored: [String] { patterns.ignored }

    package func scrub(_ text: String) -> String {
        guard !patterns.isEmpty else { return text }
        var text = text
        let clean = text.withUTF8 { bytes -> [UInt8]? in
            let bytes = UnsafeRawBufferPointer(bytes)
            let found = patterns.matches(bytes)
            return found.isEmpty ? nil : replace(found, bytes)
        }
        return clean.map { String(decoding: $0, as: UTF8.self) } ?? text
    }

    package func scrub(_ bytes: [UInt8]) -> [UInt8] {
        bytes.withUnsafeBytes { raw in
            let found = patterns.matches(raw)
            return found.isEmpty ? bytes : replace(found, raw)
        }
    }

    /// Whether any secret is in there: for tests and alarms.
    package func finds(in bytes: [UInt8]) -> Bool {
        bytes.withUnsafeBytes { !patterns.matches($0).isEmpty }
    }

    /// Looks for secrets in a payload on its way out; nil when nothing stands in its way. Values shorter than ten bytes are
    /// let pass, since an innocent payload may hold them (a password that is a town's name).
    ///
    /// - Parameter isWhole: false when more of the payload may follow.
    package func inspect(_ payload: UnsafeRawBufferPointer, isWhole: Bool) -> LeakFinding? {
        guard !distinct.isEmpty else { return nil }
        let (matches, open) =
            isWhole ? (distinct.matches(payload), payload.count) : distinct.matches(inBeginning: payload)
        guard !matches.isEmpty || open < payload.count else { return nil }
        return LeakFinding(
            ranges: matches.map(\.range), secrets: Set(matches.map { distinct.names[$0.secret] }), open: open)
    }

    private func replace(_ found: [SecretPatterns.Match], _ bytes: UnsafeRawBufferPointer) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var place = 0
        for match in found {
            result += bytes[place..<match.range.lowerBound]
            result += patterns.labels[match.secret]
            place = match.range.upperBound
        }
        return result + bytes[place...]
    }
}
