extension JSONParser {
    /// The rest of a string that holds more than plain ASCII, from its first unusual byte on. Escapes are undone where
    /// they stand: what they mean is never longer than they are.
    @inline(never)
    func readUnusualString(
        _ start: Place, from first: Place
    ) throws(Failure) -> (length: Int, next: Place, isASCII: Bool) {
        var place = first
        var written = first
        var isASCII = true
        while true {
            switch place.pointee {
            case UInt8(ascii: "\""):
                return (written - start, place + 1, isASCII)
            case UInt8(ascii: "\\"):
                isASCII = try readEscape(&place, &written) && isASCII
            case 0x00..<0x20:
                guard place < end else { throw failure("A string is not closed", place) }
                throw failure("A control character in a string must be escaped", place)
            case 0x20..<0x80:
                let stop = JSONBytes.special(from: place)
                if written != place { written.update(from: place, count: stop - place) }
                written += stop - place
                place = stop
            default:
                let length = try codePointLength(place)
                if written != place { written.update(from: place, count: length) }
                written += length
                place += length
                isASCII = false
            }
        }
    }

    /// Whether the escape stands for an ASCII character.
    private func readEscape(_ place: inout Place, _ written: inout Place) throws(Failure) -> Bool {
        let byte = place[1]
        let meaning: UInt8
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): meaning = byte
        case UInt8(ascii: "b"): meaning = 0x08
        case UInt8(ascii: "f"): meaning = 0x0C
        case UInt8(ascii: "n"): meaning = 0x0A
        case UInt8(ascii: "r"): meaning = 0x0D
        case UInt8(ascii: "t"): meaning = 0x09
        case UInt8(ascii: "u"):
            let scalar = try readUnicodeEscape(&place)
            for unit in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter {
                written.pointee = unit
                written += 1
            }
            return scalar.isASCII
        default:
            guard place + 1 < end else { throw failure("A string is not closed", place + 1) }
            throw failure("This escape does not exist in JSON", place + 1)
        }
        written.pointee = meaning
        written += 1
        place += 2
        return true
    }

    /// Reads `\uXXXX` or a pair of them that form a surrogate pair, and steps past it.
    private func readUnicodeEscape(_ place: inout Place) throws(Failure) -> Unicode.Scalar {
        let high = try readHexadecimal(&place)
        if let scalar = Unicode.Scalar(high) { return scalar }
        guard high < 0xDC00, place.pointee == UInt8(ascii: "\\"), place[1] == UInt8(ascii: "u") else {
            throw failure("An escaped surrogate stands alone", place)
        }
        let low = try readHexadecimal(&place)
        guard low >= 0xDC00, low < 0xE000, let scalar = Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + low - 0xDC00)
        else { throw failure("An escaped surrogate stands alone", place) }
        return scalar
    }

    private func readHexadecimal(_ place: inout Place) throws(Failure) -> UInt32 {
        place += 2
        var value: UInt32 = 0
        for _ in 0..<4 {
            switch place.pointee {
            case 0x30...0x39: value = value << 4 | UInt32(place.pointee - 0x30)
            case 0x41...0x46: value = value << 4 | UInt32(place.pointee - 0x37)
            case 0x61...0x66: value = value << 4 | UInt32(place.pointee - 0x57)
            default:
                guard place < end else { throw failure("A string is not closed", place) }
                throw failure("Four hexadecimal digits are expected here", place)
            }
            place += 1
        }
        return value
    }

    /// The bytes of one code point beyond ASCII; the ranges are those of RFC 3629 section 4.
    @inline(__always)
    private func codePointLength(_ place: Place) throws(Failure) -> Int {
        func continues(_ distance: Int, _ range: ClosedRange<UInt8> = 0x80...0xBF) -> Bool {
            range.contains(place[distance])
        }
        switch place.pointee {
        case 0xC2...0xDF where continues(1): return 2
        case 0xE0 where continues(1, 0xA0...0xBF) && continues(2): return 3
        case 0xED where continues(1, 0x80...0x9F) && continues(2): return 3
        case 0xE1...0xEC where continues(1) && continues(2): return 3
        case 0xEE...0xEF where continues(1) && continues(2): return 3
        case 0xF0 where continues(1, 0x90...0xBF) && continues(2) && continues(3): return 4
        case 0xF1...0xF3 where continues(1) && continues(2) && continues(3): return 4
        case 0xF4 where continues(1, 0x80...0x8F) && continues(2) && continues(3): return 4
        default: throw failure("The text is not valid UTF-8", place)
        }
    }

    private func failure(_ message: String, _ place: Place) -> Failure {
        Failure(message: message, offset: min(place, end) - text)
    }
}
