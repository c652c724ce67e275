#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Work on runs of bytes that have eight readable bytes after them, as on a tape and in compiled schemas.
enum JSONBytes {
    private static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let tops: UInt64 = 0x8080_8080_8080_8080

    @inline(__always)
    static func word(_ bytes: UnsafePointer<UInt8>) -> UInt64 {
        UInt64(littleEndian: UnsafeRawPointer(bytes).loadUnaligned(as: UInt64.self))
    }

    /// The first eight bytes, those beyond `count` as zero.
    @inline(__always)
    static func head(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> UInt64 {
        count >= 8 ? word(bytes) : word(bytes) & ((1 << UInt64(count &* 8)) &- 1)
    }

    /// The first quote, backslash, control character or byte beyond ASCII; the zeros after a text end every search.
    @inline(__always)
    static func special(from start: UnsafeMutablePointer<UInt8>) -> UnsafeMutablePointer<UInt8> {
        var place = start
        while true {
            let word = word(place)
            let quotes = word ^ (ones &* 0x22)
            let slashes = word ^ (ones &* 0x5C)
            let found =
                (((quotes &- ones) & ~quotes) | ((slashes &- ones) & ~slashes) | (word &- ones &* 0x20) | word) & tops
            if found != 0 { return place + found.trailingZeroBitCount >> 3 }
            place += 8
        }
    }

    /// The hash of member names on the tape and in compiled schemas: of the length and the first and last eight bytes.
    ///
    /// Not proof against chosen collisions: whoever uses it compares the bytes as well and keeps to a bounded cost when
    /// all hashes are equal.
    @inline(__always)
    static func hash(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> UInt32 {
        var mixed = head(bytes, count) ^ (UInt64(truncatingIfNeeded: count) &* 0x9E37_79B9_7F4A_7C15)
        if count > 8 { mixed ^= word(bytes + (count &- 8)) &* 0xC2B2_AE3D_27D4_EB4F }
        mixed = (mixed ^ (mixed >> 29)) &* 0xBF58_476D_1CE4_E5B9
        return UInt32(truncatingIfNeeded: mixed >> 32)
    }

    @inline(__always)
    static func areEqual(_ left: UnsafePointer<UInt8>, _ right: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        count <= 8 ? head(left, count) == head(right, count) : memcmp(left, right, count) == 0
    }
}
