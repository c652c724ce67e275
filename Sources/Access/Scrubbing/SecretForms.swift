/// The spellings in which a secret's value may turn up in a text.
struct SecretForms {
    /// Shorter values are left alone: they would turn up in innocent text.
    static let shortest = 6

    private let value: [UInt8]
    private let text: String

    init(_ text: String) {
        self.text = text
        value = Array(text.utf8)
    }

    /// As it is; in JSON and HTML; percent-encoded as in paths, queries and forms; in base64 of both alphabets, also as
    /// part of a longer encoded text (`user:password` of Basic).
    var all: Set<[UInt8]> {
        guard value.count >= Self.shortest else { return [] }
        var forms: Set<[UInt8]> = [value, html]
        for escapesSlash in [false, true] {
            forms.insert(json(escapesSlash: escapesSlash, unicode: nil))
            forms.insert(json(escapesSlash: escapesSlash, unicode: Self.lowerHex))
            forms.insert(json(escapesSlash: escapesSlash, unicode: Self.upperHex))
        }
        for digits in [Self.lowerHex, Self.upperHex] {
            forms.insert(percent(keeping: "-._~", digits))
            forms.insert(percent(keeping: "-._~!'()*", digits))
            forms.insert(percent(keeping: "-._~!$&'()*+,;=:@", digits))
            forms.insert(percent(keeping: "-._*", digits, spaceAsPlus: true))
        }
        for alphabet in [Base64.Alphabet.standard, .url] {
            for lead in 0...2 { forms.insert(base64Core(lead: lead, alphabet)) }
        }
        return forms.filter { $0.count >= Self.shortest }
    }

    private static let lowerHex = Array("0123456789abcdef".utf8)
    private static let upperHex = Array("0123456789ABCDEF".utf8)

    private func percent(keeping marks: String, _ digits: [UInt8], spaceAsPlus: Bool = false) -> [UInt8] {
        let marks = Array(marks.utf8)
        return value.flatMap { byte -> [UInt8] in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                [byte]
            case UInt8(ascii: " ") where spaceAsPlus: [UInt8(ascii: "+")]
            case _ where marks.contains(byte): [byte]
            default: [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
    }

    /// `unicode`: hex digits to write characters beyond ASCII with, nil to leave them as they are.
    private func json(escapesSlash: Bool, unicode: [UInt8]?) -> [UInt8] {
        var form: [UInt8] = []
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": form += Array("\\\"".utf8)
            case "\\": form += Array("\\\\".utf8)
            case "/" where escapesSlash: form += Array("\\/".utf8)
            case "\t": form += Array("\\t".utf8)
            case _ where scalar.value < 0x20 || (scalar.value > 0x7E && unicode != nil):
                for unit in String(scalar).utf16 { form += Self.escape(unit, unicode ?? Self.lowerHex) }
            default: form += Array(String(scalar).utf8)
            }
        }
        return form
    }

    private static func escape(_ unit: UInt16, _ digits: [UInt8]) -> [UInt8] {
        Array("\\u".utf8) + [12, 8, 4, 0].map { digits[Int(unit >> UInt16($0) & 15)] }
    }

    private var html: [UInt8] {
        value.flatMap { byte -> [UInt8] in
            switch byte {
            case UInt8(ascii: "&"): Array("&amp;".utf8)
            case UInt8(ascii: "<"): Array("&lt;".utf8)
            case UInt8(ascii: ">"): Array("&gt;".utf8)
            case UInt8(ascii: "\""): Array("&quot;".utf8)
            case UInt8(ascii: "'"): Array("&#39;".utf8)
            default: [byte]
            }
        }
    }

    /// The characters of a base64 text that depend on the value alone when `lead` bytes (modulo 3) stand before it.
    private func base64Core(lead: Int, _ alphabet: Base64.Alphabet) -> [UInt8] {
        let encoded = Base64.encode([UInt8](repeating: 0, count: lead) + value, alphabet, padded: false)
        let first = (lead * 8 + 5) / 6
        let end = (lead + value.count) * 8 / 6
        return Array(encoded[first..<end])
    }
}
