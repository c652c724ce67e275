import Foundation

/// FNV-1a, 64 bits: the same on every machine and in every run, unlike `Hasher`.
enum StableHash {
    static func of(_ bytes: some Sequence<UInt8>) -> UInt64 {
        bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3 }
    }

    /// A number in `range` that depends on the text alone.
    static func spread(_ text: String, over range: ClosedRange<Double>) -> Double {
        let share = Double(of(text.utf8) % 10_007) / 10_006
        return range.lowerBound + share * (range.upperBound - range.lowerBound)
    }
}
