/// A JSON number kept as the text it was written with, so that nothing is rounded on the way through.
///
/// Numbers are equal when their decimal values are: `1`, `1.0` and `10e-1` are the same number.
public struct JSONNumber: Sendable, Hashable, CustomStringConvertible {
    /// The spelling, always valid by the grammar of RFC 8259 section 6.
    public let text: String

    public init(_ value: Int) {
        text = String(value)
    }

    /// The shortest text that reads back as the same number; nil for NaN and the infinities.
    public init?(_ value: Double) {
        guard value.isFinite else { return nil }
        if let integer = Int(exactly: value), integer.magnitude < 100_000_000_000_000_000 {
            text = String(integer)
        } else {
            text = value.description
        }
    }

    /// Nil when the text is not a number by RFC 8259.
    public init?(text: String) {
        let bytes = Array(text.utf8)
        guard JSONNumber.end(of: bytes, from: 0) == bytes.count else { return nil }
        self.text = text
    }

    /// The caller has checked the grammar.
    init(checked text: String) {
        self.text = text
    }

    /// The value when it is integral and fits an `Int`.
    public var int: Int? {
        Int(text) ?? JSONDecimal(text).int
    }

    /// The nearest `Double`; a number beyond its range is infinite.
    public var double: Double {
        Double(text) ?? .nan
    }

    public var isInteger: Bool {
        Int(text) != nil || JSONDecimal(text).isInteger
    }

    /// Without fraction and exponent.
    var isWrittenAsInteger: Bool {
        text.utf8.allSatisfy { $0 <= 0x39 && $0 != UInt8(ascii: ".") }
    }

    public var description: String { text }

    public static func == (left: JSONNumber, right: JSONNumber) -> Bool {
        left.text.hasSameBytes(as: right.text) || JSONDecimal(left.text) == JSONDecimal(right.text)
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(JSONDecimal(text))
    }

    /// The place after the number that begins at `start`; nil when none begins there.
    static func end(of bytes: [UInt8], from start: Int) -> Int? {
        var place = start
        func isDigit(_ place: Int) -> Bool { place < bytes.count && bytes[place] >= 0x30 && bytes[place] <= 0x39 }
        if place < bytes.count, bytes[place] == UInt8(ascii: "-") { place += 1 }
        guard isDigit(place) else { return nil }
        if bytes[place] == UInt8(ascii: "0") {
            place += 1
        } else {
            while isDigit(place) { place += 1 }
        }
        if place < bytes.count, bytes[place] == UInt8(ascii: ".") {
            place += 1
            guard isDigit(place) else { return nil }
            while isDigit(place) { place += 1 }
        }
        if place < bytes.count, bytes[place] | 0x20 == UInt8(ascii: "e") {
            place += 1
            if place < bytes.count, bytes[place] == 0x2B || bytes[place] == 0x2D { place += 1 }
            guard isDigit(place) else { return nil }
            while isDigit(place) { place += 1 }
        }
        return place
    }
}
