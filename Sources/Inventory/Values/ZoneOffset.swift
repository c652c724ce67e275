/// How far a provider's days are from those of UTC, written `+02:00`, `-05:30` or `UTC`.
public struct ZoneOffset: Hashable, Sendable {
    /// East of UTC is positive; within 14 hours either way.
    public let minutes: Int

    public static let utc = ZoneOffset(minutes: 0)

    public init(minutes: Int) {
        self.minutes = Swift.max(-840, Swift.min(840, minutes))
    }
}

extension ZoneOffset {
    init?(inventoryText text: String) {
        guard text != "UTC" else {
            self = .utc
            return
        }
        let bytes = Array(text.utf8)
        guard bytes.count == 6, bytes[3] == UInt8(ascii: ":"),
            bytes[0] == UInt8(ascii: "+") || bytes[0] == UInt8(ascii: "-"),
            [1, 2, 4, 5].allSatisfy({ bytes[$0].isASCIIDigit })
        else { return nil }
        func number(_ index: Int) -> Int { Int(bytes[index] - 48) * 10 + Int(bytes[index + 1] - 48) }
        let minutes = number(1) * 60 + number(4)
        guard number(4) < 60, minutes <= 840 else { return nil }
        self.init(minutes: bytes[0] == UInt8(ascii: "-") ? -minutes : minutes)
    }
}

extension ZoneOffset: CustomStringConvertible {
    public var description: String {
        guard minutes != 0 else { return "UTC" }
        func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(minutes < 0 ? "-" : "+")\(padded(abs(minutes) / 60)):\(padded(abs(minutes) % 60))"
    }
}
