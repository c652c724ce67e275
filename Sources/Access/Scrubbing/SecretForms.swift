import Inventory
import Store

/// The spellings of a secret's value that a text is searched for.
///
/// Escapes of JSON, HTML and percent-encoding are no forms: the text is read without them first (`PlainText`), whichever
/// characters they were used for. A long value is cut into pieces, so that a part of it is found too and what must be
/// held back of a stream stays short.
struct SecretForms {
    /// Shorter values are left alone: they would turn up in innocent text.
    static let shortest = 6
    /// A value from here on is not met by chance.
    static let distinct = 10
    private static let pieceLength = 48
    private static let pieceCount = 64

    private let value: [UInt8]

    init(_ text: String) {
        value = Array(text.utf8)
    }

    /// As it is; with `+` for spaces, as in forms; in hexadecimal; in base64 of both alphabets, also as part of a longer
    /// encoded text (`user:password` of Basic).
    var all: Set<[UInt8]> {
        guard value.count >= Self.shortest else { return [] }
        var forms: Set<[UInt8]> = []
        for piece in readings.flatMap(Self.pieces) {
            forms.insert(piece)
            forms.insert(piece.map { $0 == UInt8(ascii: " ") ? UInt8(ascii: "+") : $0 })
            let hex = Hex.text(piece)
            forms.insert(Array(hex.utf8))
            forms.insert(Array(hex.uppercased().utf8))
            for alphabet in [Base64.Alphabet.standard, .url] {
                for lead in 0...2 { forms.insert(Self.base64Core(piece, lead: lead, alphabet)) }
            }
        }
        return forms.filter { $0.count >= Self.shortest }
    }

    var isDistinct: Bool { value.count >= Self.distinct }

    /// The value, and what is left of it where it is taken for escapes itself (`%41` is read as `A`).
    private var readings: [[UInt8]] {
        var readings = [value]
        while readings.count < 3, let plain = readings.last?.withUnsafeBytes({ PlainText($0, isWhole: true)?.bytes }),
            plain != readings.last
        {
            readings.append(plain)
        }
        return readings
    }

    /// Of about the same length, and none overlaps another: what of a piece has left with a stream is not needed again.
    private static func pieces(_ value: [UInt8]) -> [[UInt8]] {
        let count = min((value.count + pieceLength - 1) / pieceLength, pieceCount)
        let length = ((value.count + count - 1) / count + 2) / 3 * 3
        return stride(from: 0, to: value.count, by: length).map { Array(value[$0..<min($0 + length, value.count)]) }
    }

    /// The characters of a base64 text that depend on the piece alone when `lead` bytes (modulo 3) stand before it.
    private static func base64Core(_ piece: [UInt8], lead: Int, _ alphabet: Base64.Alphabet) -> [UInt8] {
        let encoded = Base64.encode([UInt8](repeating: 0, count: lead) + piece, alphabet, padded: false)
        let first = (lead * 8 + 5) / 6
        let end = (lead + piece.count) * 8 / 6
        return Array(encoded[first..<end])
    }
}
