#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A network address as limits see it: IPv4 as it is, IPv6 by its /64, which is what one customer of a network gets.
package struct CallerAddress: Sendable, Hashable {
    private let isSix: Bool
    private let bits: UInt64

    /// nil for what is no address, and for this machine, which is not limited by address: a proxy on it speaks for all.
    package init?(_ text: String) {
        if let four = Self.four(text.utf8) {
            self.init(four: four)
            return
        }
        let scoped = text.utf8.prefix { $0 != UInt8(ascii: "%") }
        guard scoped.contains(UInt8(ascii: ":")), scoped.count <= 45 else { return nil }
        var six = in6_addr()
        guard inet_pton(AF_INET6, String(Substring(scoped)), &six) == 1 else { return nil }
        let (high, low) = withUnsafeBytes(of: &six) { bytes in
            (
                UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)),
                UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
            )
        }
        if high == 0, low >> 32 == 0xFFFF {
            self.init(four: UInt32(truncatingIfNeeded: low))
            return
        }
        guard high != 0 || low > 1 else { return nil }
        self.init(isSix: true, bits: high)
    }

    private init?(four: UInt32) {
        guard four >> 24 != 127 else { return nil }
        self.init(isSix: false, bits: UInt64(four))
    }

    private init(isSix: Bool, bits: UInt64) {
        self.isSix = isSix
        self.bits = bits
    }

    /// Four numbers up to 255 with points between them.
    private static func four(_ text: String.UTF8View) -> UInt32? {
        guard text.count <= 15 else { return nil }
        var address: UInt32 = 0
        var part: UInt32 = 0
        var digits = 0
        var points = 0
        for byte in text {
            if byte &- 0x30 < 10, digits < 3 {
                part = part * 10 + UInt32(byte - 0x30)
                digits += 1
            } else if byte == UInt8(ascii: "."), digits > 0, points < 3 {
                address = address << 8 | part
                (part, digits, points) = (0, 0, points + 1)
            } else {
                return nil
            }
            guard part < 256 else { return nil }
        }
        return points == 3 && digits > 0 ? address << 8 | part : nil
    }
}
