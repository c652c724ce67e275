/// Classes of bytes of RFC 9110.
package enum Octet {
    /// `tchar` (RFC 9110, 5.6.2): letters, digits and ``!#$%&'*+-.^_`|~``; a bit for each byte.
    @inline(__always)
    package static func isToken(_ byte: UInt8) -> Bool {
        let bits: UInt64 = byte < 64 ? 0x03FF_6CFA_0000_0000 : byte < 128 ? 0x57FF_FFFF_C7FF_FFFE : 0
        return bits &>> UInt64(byte) & 1 == 1
    }

    /// What may stand in a field's value (RFC 9110, 5.5): no control character but the tab.
    @inline(__always)
    package static func isFieldValue(_ byte: UInt8) -> Bool {
        byte >= 0x20 ? byte != 0x7F : byte == 0x09
    }

    /// Whether all bytes of a word may stand in a field's value and none is a tab; false says nothing yet.
    @inline(__always)
    static func areFieldValue(_ word: UInt64) -> Bool {
        let small = (word &- 0x2020_2020_2020_2020) & ~word
        let deleted = word ^ 0x7F7F_7F7F_7F7F_7F7F
        return (small | (deleted &- 0x0101_0101_0101_0101) & ~deleted) & 0x8080_8080_8080_8080 == 0
    }

    @inline(__always)
    static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09
    }

    @inline(__always)
    static func isDigit(_ byte: UInt8) -> Bool {
        byte &- 0x30 < 10
    }

    static let cr = UInt8(ascii: "\r")
    static let lf = UInt8(ascii: "\n")
}
