/// The argument of a directive that counts seconds (RFC 9111, 1.2.2).
package enum DeltaSeconds: Sendable, Equatable {
    case absent
    case seconds(Int64)
    /// Not a whole number of seconds, or two that differ: whatever it limits has run out (RFC 9111, 4.2.1).
    case unusable

    /// More than this is taken as this.
    package static let most: Int64 = 1 << 31

    package var isAbsent: Bool { self == .absent }

    /// nil when absent, zero when unusable.
    package var nanoseconds: Int64? {
        switch self {
        case .absent: nil
        case .seconds(let count): count * 1_000_000_000
        case .unusable: 0
        }
    }

    /// Takes one more argument of the same directive.
    mutating func take(_ argument: String?) {
        let next = argument.flatMap { Self.read($0) }.map { DeltaSeconds.seconds($0) } ?? .unusable
        self = isAbsent || self == next ? next : .unusable
    }

    /// nil unless the text is digits alone; at most `most`.
    package static func read(_ text: String) -> Int64? {
        guard !text.isEmpty else { return nil }
        var number: Int64 = 0
        for byte in text.utf8 {
            guard byte &- 0x30 < 10 else { return nil }
            number = min(number * 10 + Int64(byte &- 0x30), most)
        }
        return number
    }
}
