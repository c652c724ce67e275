/// The bytes of an XML text and where in them the reader stands.
struct XMLScanner {
    private let bytes: [UInt8]
    private var place = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    var isAtEnd: Bool { place >= bytes.count }
    var next: UInt8? { place < bytes.count ? bytes[place] : nil }

    func error(_ message: String) -> XMLError {
        let lines = bytes[..<min(place, bytes.count)].count { $0 == UInt8(ascii: "\n") }
        return XMLError(message: message, line: lines + 1)
    }

    @discardableResult
    mutating func skip(_ text: String) -> Bool {
        guard bytes[min(place, bytes.count)...].starts(with: text.utf8) else { return false }
        place += text.utf8.count
        return true
    }

    @discardableResult
    mutating func skipSpace() -> Bool {
        let start = place
        while let next, XMLScanner.isSpace(next) { place += 1 }
        return place > start
    }

    /// What stands before the mark, which is passed over; nil when the mark does not come.
    mutating func take(until mark: String) -> String? {
        let mark = Array(mark.utf8)
        var end = place
        while end + mark.count <= bytes.count {
            if bytes[end] == mark[0], bytes[end..<end + mark.count].elementsEqual(mark) {
                defer { place = end + mark.count }
                return String(decoding: bytes[place..<end], as: UTF8.self)
            }
            end += 1
        }
        return nil
    }

    /// A name with or without prefix; nil when none stands here.
    mutating func name() -> String? {
        let start = place
        while let next, XMLScanner.isNameByte(next) { place += 1 }
        guard place > start, !XMLScanner.isDigit(bytes[start]), !"-.:".utf8.contains(bytes[start]) else { return nil }
        let name = bytes[start..<place]
        guard name.count(where: { $0 == UInt8(ascii: ":") }) <= 1, name.last != UInt8(ascii: ":") else { return nil }
        return String(decoding: name, as: UTF8.self)
    }

    /// `= "value"`.
    mutating func attributeValue() throws(XMLError) -> String {
        skipSpace()
        guard skip("=") else { throw error("an attribute without a value") }
        skipSpace()
        guard let quote = next, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else {
            throw error("an attribute's value without quotes")
        }
        place += 1
        let value = try text(until: quote)
        guard !isAtEnd else { throw error("an attribute's value has no end") }
        place += 1
        return value
    }

    /// Text with its references resolved, up to the byte, which stays.
    mutating func text(until mark: UInt8) throws(XMLError) -> String {
        var text: [UInt8] = []
        while let next, next != mark {
            switch next {
            case UInt8(ascii: "&"): text += try reference()
            case UInt8(ascii: "<"): throw error("a < inside a value")
            case 0..<0x09, 0x0B, 0x0C, 0x0E..<0x20: throw error("a control character")
            default:
                text.append(next)
                place += 1
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    private mutating func reference() throws(XMLError) -> [UInt8] {
        place += 1
        let name = bytes[place...].prefix(12).prefix { $0 != UInt8(ascii: ";") }
        guard place + name.count < bytes.count, bytes[place + name.count] == UInt8(ascii: ";") else {
            throw error("a reference has no end")
        }
        let text = String(decoding: name, as: UTF8.self)
        guard let value = XMLScanner.value(of: text) else { throw error("a reference to what is not declared") }
        place += name.count + 1
        return Array(value.utf8)
    }

    private static func value(of reference: String) -> String? {
        switch reference {
        case "amp": return "&"
        case "lt": return "<"
        case "gt": return ">"
        case "quot": return "\""
        case "apos": return "'"
        default:
            guard reference.hasPrefix("#") else { return nil }
            let digits = reference.dropFirst()
            let code = digits.hasPrefix("x") ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
            guard let code, code >= 0x20 || [9, 10, 13].contains(code) else { return nil }
            return Unicode.Scalar(code).map { String(Character($0)) }
        }
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        byte >= 0x30 && byte <= 0x39
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        byte >= 0x80 || isDigit(byte) || (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A || "_-.:".utf8.contains(byte)
    }
}
