import Inventory
import TestSupport
import Testing

@testable import Access

@Suite("Leak guard")
struct LeakGuardTests {
    private static let digits = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789".utf8)

    private static func key(_ random: inout SeededRandom, _ length: Int) -> String {
        let letters = (0..<length).map { _ in digits[Int.random(in: 0..<digits.count, using: &random)] }
        return String(decoding: letters, as: UTF8.self)
    }

    /// What comes out of a stream that is masked piece by piece.
    private static func passed(_ payload: [UInt8], cuts: [Int], _ scrubber: SecretScrubber) -> [UInt8] {
        var out: [UInt8] = []
        var held: [UInt8] = []
        var last = 0
        for cut in cuts + [payload.count] where cut > last {
            var piece = held + payload[last..<cut]
            last = cut
            var open = piece.count
            if let finding = piece.withUnsafeBytes({ scrubber.inspect($0, isWhole: cut == payload.count) }) {
                for range in finding.ranges { for index in range { piece[index] = UInt8(ascii: "*") } }
                open = finding.open
            }
            out += piece[..<open]
            held = Array(piece[open...])
        }
        return out + held
    }

    @Test("a secret is found however it is written and wherever the payload is cut", arguments: 0..<8)
    func everySpelling(_ part: Int) {
        var random = SeededRandom(seed: UInt64(part))
        for _ in 0..<40 {
            let value =
                Self.key(&random, Int.random(in: 12...80, using: &random)) + ["", "+/", " x", "\"ä", "%41", "&lt;"]
                .randomElement(using: &random)!
            let scrubber = SecretScrubber([
                Secret(name: "other", value: Self.key(&random, 24)), Secret(name: "key", value: value),
            ])
            for _ in 0..<40 {
                var spelling = Spelling(random: random)
                let hidden = spelling.hide(value)
                random = spelling.random
                let front = Array(#"{"a": 1, "text": ""#.utf8)
                let payload = front + hidden + Array(#"", "b": [true, "x"]}"#.utf8)
                let cuts = (0..<Int.random(in: 0...4, using: &random))
                    .map { _ in Int.random(in: 1..<payload.count, using: &random) }.sorted()
                let clean = Self.passed(payload, cuts: cuts, scrubber)
                #expect(clean.count == payload.count)
                let stars = clean.count { $0 == UInt8(ascii: "*") }
                #expect(
                    stars >= spelling.least, "\(String(decoding: payload, as: UTF8.self)) cut at \(cuts), seed \(part)")
                #expect(clean.starts(with: front))
            }
        }
    }

    @Test("ordinary JSON raises no alarm and is not held back")
    func ordinary() {
        var random = SeededRandom(seed: 4)
        let scrubber = SecretScrubber((0..<200).map { Secret(name: "k\($0)", value: Self.key(&random, 32)) })
        for _ in 0..<200 {
            let rows = (0..<40).map { _ in
                #"{"id": "\#(Self.key(&random, 20))", "city": "K\u00f6ln \"am\" Rhein", "link": "https:\/\/a.example\/?q=%20a&b=\#(Self.key(&random, 8))"}"#
            }
            let text = Array("[\(rows.joined(separator: ",\n"))]".utf8)
            #expect(text.withUnsafeBytes { scrubber.inspect($0, isWhole: true) } == nil)
        }
    }

    @Test("a value of fewer than ten bytes is scrubbed from logs, and left in payloads")
    func shortValues() {
        let scrubber = SecretScrubber([
            Secret(name: "town", value: "Potsdam"), Secret(name: "key", value: "0123456789abc"),
        ])
        #expect(scrubber.scrub("to Potsdam") == "to [secret town]")
        #expect(Array("to Potsdam".utf8).withUnsafeBytes { scrubber.inspect($0, isWhole: true) } == nil)
        let finding = Array("a 0123456789abc".utf8).withUnsafeBytes { scrubber.inspect($0, isWhole: true) }
        #expect(finding?.ranges == [2..<15] && finding?.secrets == ["key"])
    }

    @Test("any part of a long value is found", arguments: [200, 3_000, 65_536])
    func longValues(_ length: Int) {
        var random = SeededRandom(seed: 9)
        let value = Self.key(&random, length)
        let scrubber = SecretScrubber([Secret(name: "file", value: value)])
        #expect(scrubber.scrub("<\(value)>") == "<[secret file]>")
        let encoded = Base64.text(Array("user:\(value):x".utf8), .standard, padded: true)
        #expect(scrubber.scrub(encoded).utf8.count < 32)
        #expect(scrubber.scrub(String(value.dropFirst(length / 3))).contains("[secret file]"))
    }

    @Test("what is made to look like a secret or an escape without end costs no more than its length")
    func hostile() {
        let scrubber = SecretScrubber([Secret(name: "key", value: String(repeating: "a", count: 40) + "b")])
        for text in ["a", "\\", "%", "&", "\\u", "%2", "&#x", "\\\\\\u005c", "%25"] {
            let payload = Array(String(repeating: text, count: 20_000).utf8)
            let finding = payload.withUnsafeBytes { scrubber.inspect($0, isWhole: false) }
            #expect((finding?.open ?? payload.count) >= payload.count - 2_000)
            #expect(finding?.ranges.isEmpty ?? true)
        }
    }
}

/// Writes a value in one of the ways in which it may stand in a payload.
private struct Spelling {
    var random: SeededRandom
    /// How many bytes of it must be gone at least.
    private(set) var least = 0

    init(random: SeededRandom) {
        self.random = random
    }

    mutating func hide(_ value: String) -> [UInt8] {
        var bytes = Array(value.utf8)
        least = bytes.count
        switch Int.random(in: 0..<5, using: &random) {
        case 0:
            let alphabet: Base64.Alphabet = Bool.random(using: &random) ? .standard : .url
            let lead = Int.random(in: 0...5, using: &random)
            bytes = Base64.encode(
                Array("user:".utf8.prefix(lead)) + bytes + Array("zz".utf8), alphabet,
                padded: Bool.random(using: &random))
            // A letter at each end of a piece may belong to its neighbour too.
            least = least * 8 / 6 - 2 - 2 * (least / 24)
        case 1:
            let digits = Array((Bool.random(using: &random) ? "0123456789abcdef" : "0123456789ABCDEF").utf8)
            bytes = bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
            least *= 2
        default: break
        }
        for _ in 0..<Int.random(in: 0...2, using: &random) { bytes = escaped(bytes) }
        return bytes
    }

    /// Writes some bytes as escapes, and always those that the escape needs.
    private mutating func escaped(_ bytes: [UInt8]) -> [UInt8] {
        let kind = Int.random(in: 0..<3, using: &random)
        let often = Double(Int.random(in: 0...2, using: &random)) / 2
        return bytes.flatMap { byte -> [UInt8] in
            let mayEscape = Double.random(in: 0..<1, using: &random) < often
            let hex = String(byte, radix: 16)
            let two = (hex.count < 2 ? "0" : "") + (Bool.random(using: &random) ? hex : hex.uppercased())
            switch kind {
            case 0 where byte < 0x80 && (mayEscape || byte == UInt8(ascii: "\\") || byte == UInt8(ascii: "\"")):
                return Array("\\u00\(two)".utf8)
            case 1 where mayEscape || byte == UInt8(ascii: "%"): return Array("%\(two)".utf8)
            case 2 where byte < 0x80 && (mayEscape || byte == UInt8(ascii: "&")): return Array("&#\(byte);".utf8)
            default: return [byte]
            }
        }
    }
}
