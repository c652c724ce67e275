/// Replaces every known secret in a text by `[secret NAME]`: for log lines, errors and kept bodies.
///
/// One pass whatever the number of secrets: two bytes at every place are looked up in a bitmap, and only where a secret
/// may begin is anything compared. Values shorter than six bytes are not looked for (`ignored`).
package struct SecretScrubber: Sendable {
    private struct Pattern: Sendable {
        let bytes: [UInt8]
        let name: Int
    }

    /// Names of secrets that are too short to be looked for.
    package let ignored: [String]
    private let labels: [[UInt8]]
    /// Longest first, by the first four bytes.
    private let patterns: [UInt32: [Pattern]]
    /// One bit for every pair of first bytes.
    private let beginnings: [UInt64]

    package init(_ secrets: [Secret]) {
        var labels: [[UInt8]] = []
        var patterns: [UInt32: [Pattern]] = [:]
        var beginnings = [UInt64](repeating: 0, count: secrets.isEmpty ? 0 : 1024)
        var ignored: Set<String> = []
        var known: Set<[UInt8]> = []
        for secret in secrets {
            let forms = secret.withValue { SecretForms($0).all }
            if forms.isEmpty { ignored.insert(secret.name) }
            for form in forms where known.insert(form).inserted {
                patterns[Self.word(form, 0), default: []].append(Pattern(bytes: form, name: labels.count))
                let pair = Int(form[0]) << 8 | Int(form[1])
                beginnings[pair >> 6] |= 1 << UInt64(pair & 63)
            }
            labels.append(Array("[secret \(secret.name)]".utf8))
        }
        self.ignored = ignored.sorted()
        self.labels = labels
        self.patterns = patterns.mapValues { $0.sorted { $0.bytes.count > $1.bytes.count } }
        self.beginnings = beginnings
    }

    package func scrub(_ text: String) -> String {
        let bytes = Array(text.utf8)
        let found = matches(bytes)
        return found.isEmpty ? text : String(decoding: replace(found, bytes), as: UTF8.self)
    }

    package func scrub(_ bytes: [UInt8]) -> [UInt8] {
        let found = matches(bytes)
        return found.isEmpty ? bytes : replace(found, bytes)
    }

    /// Whether any secret is in there: for tests and alarms.
    package func finds(in bytes: [UInt8]) -> Bool {
        !matches(bytes).isEmpty
    }

    /// Where secrets stand, in order; overlapping ones made one.
    private func matches(_ bytes: [UInt8]) -> [(range: Range<Int>, name: Int)] {
        var found: [(range: Range<Int>, name: Int)] = []
        guard !patterns.isEmpty, bytes.count >= SecretForms.shortest else { return found }
        bytes.withUnsafeBufferPointer { bytes in
            for start in 0...(bytes.count - SecretForms.shortest) {
                let pair = Int(bytes[start]) << 8 | Int(bytes[start + 1])
                guard beginnings[pair >> 6] & 1 << UInt64(pair & 63) != 0,
                    let pattern = patterns[Self.word(bytes, start)]?.first(where: {
                        Self.stands($0.bytes, bytes, start)
                    })
                else { continue }
                let range = start..<(start + pattern.bytes.count)
                if let last = found.last, last.range.upperBound > start {
                    let end = max(last.range.upperBound, range.upperBound)
                    found[found.count - 1].range = last.range.lowerBound..<end
                } else {
                    found.append((range, pattern.name))
                }
            }
        }
        return found
    }

    private func replace(_ found: [(range: Range<Int>, name: Int)], _ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var place = 0
        for match in found {
            result += bytes[place..<match.range.lowerBound]
            result += labels[match.name]
            place = match.range.upperBound
        }
        return result + bytes[place...]
    }

    private static func word(_ bytes: some RandomAccessCollection<UInt8>, _ start: Int) -> UInt32 {
        let first = bytes.index(bytes.startIndex, offsetBy: start)
        return bytes[first...].prefix(4).reduce(0) { $0 << 8 | UInt32($1) }
    }

    private static func stands(_ pattern: [UInt8], _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> Bool {
        guard pattern.count <= bytes.count - start else { return false }
        for (index, byte) in pattern.enumerated() where bytes[start + index] != byte { return false }
        return true
    }
}
