import Synchronization

/// Where identifiers come from: passed in, so that tests know them beforehand.
package protocol IDSource: Sendable {
    /// A new identifier that starts with `prefix`, e.g. `tk_01JD…`; later ones sort after earlier ones of another millisecond.
    func next(_ prefix: String) -> String
}

/// Identifiers of 26 Crockford base-32 digits: 48 bits of time, 80 random ones (the ULID layout).
///
/// They name things and grant nothing, so the random bits come from a generator that is seeded once by the system and fast.
package final class TimeOrderedIDs: IDSource {
    private static let digits: StaticString = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    private let clock: any WallClock
    private let state: Atomic<UInt64>

    package init(clock: any WallClock) {
        self.clock = clock
        state = Atomic(UInt64.random(in: .min ... .max))
    }

    package func next(_ prefix: String) -> String {
        let time = UInt64(clamping: clock.now().milliseconds)
        let high = random()
        let low = random()
        var prefix = prefix
        return prefix.withUTF8 { prefix in
            String(unsafeUninitializedCapacity: prefix.count + 26) { text in
                _ = text.update(fromContentsOf: prefix)
                Self.encode(time, into: text[prefix.count...], digits: 10)
                Self.encode(high, into: text[(prefix.count + 10)...], digits: 8)
                Self.encode(low, into: text[(prefix.count + 18)...], digits: 8)
                return prefix.count + 26
            }
        }
    }

    /// SplitMix64 (Steele, Lea, Flood 2014): one atomic addition for each number.
    private func random() -> UInt64 {
        var number = state.wrappingAdd(0x9E37_79B9_7F4A_7C15, ordering: .relaxed).newValue
        number = (number ^ (number >> 30)) &* 0xBF58_476D_1CE4_E5B9
        number = (number ^ (number >> 27)) &* 0x94D0_49BB_1331_11EB
        return number ^ (number >> 31)
    }

    private static func encode(_ number: UInt64, into text: Slice<UnsafeMutableBufferPointer<UInt8>>, digits count: Int)
    {
        for index in 0..<count {
            let digit = Int(number >> UInt64(5 * (count - 1 - index)) & 31)
            text.base[text.startIndex + index] = digits.utf8Start[digit]
        }
    }
}
