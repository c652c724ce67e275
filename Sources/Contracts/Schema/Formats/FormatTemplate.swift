/// URI templates (RFC 6570 section 2).
enum FormatTemplate {
    typealias Bytes = UnsafeBufferPointer<UInt8>

    static func isTemplate(_ bytes: Bytes) -> Bool {
        var place = 0
        while place < bytes.count {
            let byte = bytes[place]
            switch byte {
            case UInt8(ascii: "{"):
                guard let close = bytes.from(place).firstIndex(of: UInt8(ascii: "}")),
                    isExpression(bytes[part: (place + 1)..<(place + close)])
                else { return false }
                place += close + 1
            case UInt8(ascii: "%"):
                guard isEncoded(bytes, place) else { return false }
                place += 3
            case 0x00...0x20, 0x22, 0x3C, 0x3E, 0x5C, 0x5E, 0x60, 0x7B...0x7D, 0x7F: return false
            default: place += 1
            }
        }
        return true
    }

    private static func isExpression(_ bytes: Bytes) -> Bool {
        guard let first = bytes.first else { return false }
        let hasOperator = isOperator(first)
        let names = hasOperator ? bytes.from(1) : bytes
        return names.allParts(UInt8(ascii: ","), isVariable)
    }

    /// Those in use and those reserved for extensions.
    private static func isOperator(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x2B, 0x23, 0x2E, 0x2F, 0x3B, 0x3F, 0x26, 0x3D, 0x2C, 0x21, 0x40, 0x7C: byte != UInt8(ascii: ",")
        default: false
        }
    }

    private static func isVariable(_ bytes: Bytes) -> Bool {
        var name = bytes
        if let last = bytes.last, last == UInt8(ascii: "*") {
            name = bytes[part: 0..<(bytes.count - 1)]
        } else if let colon = bytes.firstIndex(of: UInt8(ascii: ":")) {
            let length = bytes.from(colon + 1)
            guard length.count >= 1, length.count <= 4, length.allSatisfy(\.isDigit), length[0] != UInt8(ascii: "0")
            else { return false }
            name = bytes[part: 0..<colon]
        }
        return name.allParts(UInt8(ascii: ".")) { part in
            var place = 0
            while place < part.count {
                if part[place] == UInt8(ascii: "%") {
                    guard isEncoded(part, place) else { return false }
                    place += 3
                } else {
                    guard part[place].isAlphanumeric || part[place] == UInt8(ascii: "_") else { return false }
                    place += 1
                }
            }
            return !part.isEmpty
        }
    }

    private static func isEncoded(_ bytes: Bytes, _ place: Int) -> Bool {
        place + 2 < bytes.count && bytes[place + 1].isHexadecimal && bytes[place + 2].isHexadecimal
    }
}
