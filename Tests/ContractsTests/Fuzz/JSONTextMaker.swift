import Contracts
import TestSupport

/// Makes JSON texts, right and wrong: grown from nothing, or changed from ones that exist, with an eye for structure.
struct JSONTextMaker {
    private static let tokens = [
        "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u0000", "\\uD800", "\\uDC00", "null", "true", "false", "nul", "-",
        "0",
        "-0", "00", "1", "1e", "1e9", "1e999999999", "-1E+400", "0.1", ".5", "1.", " ", "\n", "\t", "\u{FEFF}", "é",
        "\u{2028}",
        "\"a\"", "\"\"", "{}", "[]", "[[", "]]", "{\"a\":", "\"a\":1,\"a\":2", "/*", "//", "'", "NaN", "Infinity", "+1",
    ]

    var generator: SeededRandom

    /// Bytes that may or may not be JSON.
    mutating func bytes(_ corpus: [[UInt8]]) -> [UInt8] {
        switch generator.below(6) {
        case 0: return grown()
        case 1: return deep()
        case 2:
            var maker = ValueMaker(generator: generator)
            defer { generator = maker.generator }
            return changed(maker.value().encoded())
        default: return corpus.isEmpty ? grown() : changed(generator.pick(corpus))
        }
    }

    private mutating func grown() -> [UInt8] {
        var text: [UInt8] = []
        for _ in 0..<generator.below(24) { text += Array(generator.pick(Self.tokens).utf8) }
        return text
    }

    private mutating func deep() -> [UInt8] {
        let count = generator.below(3000)
        let open = generator.once(in: 2) ? "[" : "{\"a\":"
        let text = String(repeating: open, count: count)
        let close = generator.once(in: 3) ? "" : String(repeating: open == "[" ? "]" : "}", count: count)
        return Array((text + (generator.once(in: 2) ? "1" : "") + close).utf8)
    }

    /// A few places changed: bytes, tokens, whole pieces taken out, doubled or moved.
    mutating func changed(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        for _ in 0...generator.below(4) {
            let place = generator.below(bytes.count + 1)
            switch generator.below(7) {
            case 0 where !bytes.isEmpty:
                bytes[min(place, bytes.count - 1)] = UInt8.random(in: 0...255, using: &generator)
            case 1 where !bytes.isEmpty: bytes[min(place, bytes.count - 1)] ^= 1 << UInt8(generator.below(8))
            case 2: bytes.insert(contentsOf: Array(generator.pick(Self.tokens).utf8), at: place)
            case 3: bytes.removeSubrange(place..<min(bytes.count, place + generator.below(8)))
            case 4:
                let piece = bytes[place..<min(bytes.count, place + generator.below(40))]
                bytes.insert(contentsOf: Array(piece), at: generator.below(bytes.count + 1))
            case 5: bytes.removeSubrange(place...)
            default: bytes.insert(contentsOf: " \n".utf8, at: place)
            }
            if bytes.count > 20_000 { bytes.removeSubrange(20_000...) }
        }
        return bytes
    }
}
