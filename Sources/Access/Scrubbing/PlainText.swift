import Inventory

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A text without its escapes: `\u0041` and `\n` of JSON, `%41` of URLs, `&amp;` and `&#65;` of HTML, each replaced by
/// what it stands for, with the way back to where that stood.
///
/// What looks like an escape and is none stays as it is. Where a text is only the beginning of one, an escape that may go on
/// behind its end is left out.
struct PlainText {
    /// One escape: its place in the plain text, and in the text it was read from.
    private struct Escape {
        let plain: Range<Int>
        let source: Range<Int>
    }

    /// The longest escape read, `&quot;` and `&#x10FFFF;` included, in bytes.
    static let longestEscape = 10

    let bytes: [UInt8]
    private let escapes: [Escape]
    /// Where the text ends inside of what may be an escape; else its length.
    let end: Int

    /// Nil for a text without escapes. `isWhole`: nothing follows the text.
    init?(_ text: UnsafeRawBufferPointer, isWhole: Bool) {
        var marks = Marks(text)
        guard marks.next(from: 0) < text.count else { return nil }
        var end = text.count
        var escapes: [Escape] = []
        bytes = [UInt8](unsafeUninitializedCapacity: text.count) { bytes, count in
            // No escape is shorter than what it stands for.
            let plain = UnsafeMutableRawBufferPointer(bytes)
            var place = 0
            while place < end {
                let mark = marks.next(from: place)
                UnsafeMutableRawBufferPointer(rebasing: plain[count...])
                    .copyMemory(from: UnsafeRawBufferPointer(rebasing: text[place..<mark]))
                count += mark - place
                guard mark < text.count else { break }
                let start = count
                var length = 1
                switch Self.escape(UnsafeRawBufferPointer(rebasing: text[mark...])) {
                case .cut where !isWhole:
                    end = mark
                    length = 0
                case .none, .cut:
                    plain[count] = text[mark]
                    count += 1
                case .byte(let byte, length: let escape):
                    plain[count] = byte
                    count += 1
                    length = escape
                case .scalar(let scalar, length: let escape):
                    for unit in Unicode.UTF8.encode(scalar) ?? Unicode.UTF8.encodedReplacementCharacter {
                        plain[count] = unit
                        count += 1
                    }
                    length = escape
                }
                if length > 1 { escapes.append(Escape(plain: start..<count, source: mark..<(mark + length))) }
                place = mark + length
            }
        }
        guard !escapes.isEmpty || end < text.count else { return nil }
        self.escapes = escapes
        self.end = end
    }

    /// Where a part of the plain text stood in the text it was read from.
    func source(of range: Range<Int>) -> Range<Int> {
        place(range.lowerBound, isEnd: false)..<place(range.upperBound - 1, isEnd: true)
    }

    private func place(_ plain: Int, isEnd: Bool) -> Int {
        var low = 0
        var high = escapes.count
        while low < high {
            let middle = (low + high) / 2
            if escapes[middle].plain.lowerBound <= plain { low = middle + 1 } else { high = middle }
        }
        guard low > 0 else { return plain + (isEnd ? 1 : 0) }
        let escape = escapes[low - 1]
        if plain < escape.plain.upperBound { return isEnd ? escape.source.upperBound : escape.source.lowerBound }
        return escape.source.upperBound + plain - escape.plain.upperBound + (isEnd ? 1 : 0)
    }

    // MARK: - Escapes

    private enum Found {
        case scalar(Unicode.Scalar, length: Int)
        case byte(UInt8, length: Int)
        case none
        case cut
    }

    private static func escape(_ text: UnsafeRawBufferPointer) -> Found {
        switch text[0] {
        case UInt8(ascii: "%"):
            guard text.count >= 3 else { return text.dropFirst().allSatisfy { $0.hexDigit != nil } ? .cut : .none }
            guard let high = text[1].hexDigit, let low = text[2].hexDigit else { return .none }
            return .byte(UInt8(high << 4 | low), length: 3)
        case UInt8(ascii: "\\"): return json(text)
        default: return html(text)
        }
    }

    private static func json(_ text: UnsafeRawBufferPointer) -> Found {
        guard text.count >= 2 else { return .cut }
        switch text[1] {
        case UInt8(ascii: "n"): return .byte(0x0A, length: 2)
        case UInt8(ascii: "t"): return .byte(0x09, length: 2)
        case UInt8(ascii: "r"): return .byte(0x0D, length: 2)
        case UInt8(ascii: "b"): return .byte(0x08, length: 2)
        case UInt8(ascii: "f"): return .byte(0x0C, length: 2)
        case UInt8(ascii: "\""), UInt8(ascii: "/"), UInt8(ascii: "\\"), UInt8(ascii: "'"):
            return .byte(text[1], length: 2)
        case UInt8(ascii: "x"):
            guard text.count >= 4 else { return text.dropFirst(2).allSatisfy { $0.hexDigit != nil } ? .cut : .none }
            guard let high = text[2].hexDigit, let low = text[3].hexDigit else { return .none }
            return .byte(UInt8(high << 4 | low), length: 4)
        case UInt8(ascii: "u"):
            guard let unit = unit(text, at: 2) else {
                return text.count < 6 && text.dropFirst(2).allSatisfy { $0.hexDigit != nil } ? .cut : .none
            }
            if let scalar = Unicode.Scalar(unit) { return .scalar(scalar, length: 6) }
            return pair(text, high: unit)
        default: return .none
        }
    }

    /// `\uD83D\uDE00`: one character written as two.
    private static func pair(_ text: UnsafeRawBufferPointer, high: UInt32) -> Found {
        guard high < 0xDC00 else { return .none }
        guard text.count >= 12 else {
            let rest = text.dropFirst(6)
            let isBegun = zip(rest, Array("\\u".utf8)).allSatisfy { $0 == $1 }
            return isBegun && rest.dropFirst(2).allSatisfy { $0.hexDigit != nil } ? .cut : .none
        }
        guard text[6] == UInt8(ascii: "\\"), text[7] == UInt8(ascii: "u"), let low = unit(text, at: 8),
            (0xDC00...0xDFFF).contains(low),
            let scalar = Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + low - 0xDC00)
        else { return .none }
        return .scalar(scalar, length: 12)
    }

    private static func unit(_ text: UnsafeRawBufferPointer, at place: Int) -> UInt32? {
        guard text.count >= place + 4 else { return nil }
        var unit: UInt32 = 0
        for index in place..<(place + 4) {
            guard let digit = text[index].hexDigit else { return nil }
            unit = unit << 4 | UInt32(digit)
        }
        return unit
    }

    private static let entities: [(name: StaticString, byte: UInt8)] = [
        ("&amp;", UInt8(ascii: "&")), ("&lt;", UInt8(ascii: "<")), ("&gt;", UInt8(ascii: ">")),
        ("&quot;", UInt8(ascii: "\"")), ("&apos;", UInt8(ascii: "'")),
    ]

    private static func html(_ text: UnsafeRawBufferPointer) -> Found {
        guard text.count >= 2 else { return .cut }
        for (name, byte) in entities where text[1] == name.utf8Start[1] {
            let length = name.utf8CodeUnitCount
            guard
                text.prefix(length).elementsEqual(
                    UnsafeBufferPointer(start: name.utf8Start, count: min(length, text.count)))
            else { continue }
            return text.count < length ? .cut : .byte(byte, length: length)
        }
        guard text[1] == UInt8(ascii: "#") else { return .none }
        var place = 2
        let isHex = place < text.count && text[place] | 0x20 == UInt8(ascii: "x")
        if isHex { place += 1 }
        let first = place
        var value: UInt32 = 0
        while place < text.count, place < longestEscape, let digit = text[place].hexDigit, isHex || digit < 10 {
            value = value * (isHex ? 16 : 10) + UInt32(digit)
            place += 1
        }
        guard place < text.count else { return place < longestEscape ? .cut : .none }
        guard place > first, text[place] == UInt8(ascii: ";"), let scalar = Unicode.Scalar(value) else { return .none }
        return .scalar(scalar, length: place + 1)
    }
}

/// Where the next mark stands that may begin an escape; each kind is looked for once.
private struct Marks {
    private let text: UnsafeRawBufferPointer
    private var places = (-1, -1, -1)

    init(_ text: UnsafeRawBufferPointer) {
        self.text = text
    }

    /// The text's length when there is none. `start` never goes back.
    mutating func next(from start: Int) -> Int {
        places.0 = place(places.0, UInt8(ascii: "\\"), start)
        places.1 = place(places.1, UInt8(ascii: "%"), start)
        places.2 = place(places.2, UInt8(ascii: "&"), start)
        return min(places.0, places.1, places.2)
    }

    @inline(__always)
    private func place(_ known: Int, _ mark: UInt8, _ start: Int) -> Int {
        guard known < start else { return known }
        guard start < text.count, let base = text.baseAddress else { return text.count }
        return memchr(base + start, Int32(mark), text.count - start).map { UnsafeRawPointer($0) - base } ?? text.count
    }
}
