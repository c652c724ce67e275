/// Where identifiers come from: passed in, so that tests know them beforehand.
package protocol IDSource: Sendable {
    /// A new identifier that starts with `prefix`, e.g. `tk_01JD…`; later ones sort after earlier ones of another millisecond.
    func next(_ prefix: String) -> String
}

/// Identifiers of 26 Crockford base-32 digits: 48 bits of time, 80 of the system's secure randomness (the ULID layout).
package struct TimeOrderedIDs: IDSource {
    private static let digits = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)
    private let clock: any WallClock

    package init(clock: any WallClock) {
        self.clock = clock
    }

    package func next(_ prefix: String) -> String {
        var generator = SystemRandomNumberGenerator()
        let time = UInt64(clamping: clock.now().milliseconds)
        let high = generator.next() & 0xFF_FFFF_FFFF
        let low = generator.next() & 0xFF_FFFF_FFFF
        return prefix
            + String(decoding: Self.encode(time, 10) + Self.encode(high, 8) + Self.encode(low, 8), as: UTF8.self)
    }

    private static func encode(_ number: UInt64, _ count: Int) -> [UInt8] {
        (0..<count).map { digits[Int(number >> UInt64(5 * (count - 1 - $0)) & 31)] }
    }
}
