import Contracts
import Store

extension JSONValue {
    private static let bound = 1_000_000_000_000_000

    /// The member's text, safe to show; nil when there is none.
    func words(_ key: String) -> String? {
        self[key]?.stringValue?.printable
    }

    /// The member's moment; nil when there is none or it cannot be read.
    func moment(_ key: String) -> Timestamp? {
        self[key]?.stringValue.flatMap(Timestamp.init(text:))
    }

    /// Held to sixteen digits, so that sums with what a server sent never overflow.
    func int(_ key: String) -> Int? { self[key]?.intValue.map { min(max($0, -Self.bound), Self.bound) } }
    func double(_ key: String) -> Double? {
        self[key]?.doubleValue.map { min(max($0, -Double(Self.bound)), Double(Self.bound)) }
    }
    func list(_ key: String) -> [JSONValue] { self[key]?.arrayValue ?? [] }
}

extension Timestamp {
    /// Reads `2026-11-24T23:29:38.123Z`, with or without the fraction; nil for anything else.
    init?(text: String) {
        let bytes = Array(text.utf8)
        func number(_ start: Int, _ count: Int) -> Int64? {
            guard start + count <= bytes.count else { return nil }
            var value: Int64 = 0
            for byte in bytes[start..<start + count] {
                guard (0x30...0x39).contains(byte) else { return nil }
                value = value * 10 + Int64(byte - 0x30)
            }
            return value
        }
        guard bytes.last == UInt8(ascii: "Z"), bytes.count >= 20, let year = number(0, 4), let month = number(5, 2),
            let day = number(8, 2), let hour = number(11, 2), let minute = number(14, 2), let second = number(17, 2),
            (1...12).contains(month)
        else { return nil }
        let fraction = bytes.count >= 24 ? number(20, 3) ?? 0 : 0
        let seconds = CivilDate.days(year: year, month: month, day: day) * 86_400 + hour * 3600 + minute * 60 + second
        self.init(milliseconds: seconds * 1000 + fraction)
    }

    /// The time of day in UTC: `23:29:38`.
    var clockText: String { String(description.dropFirst(11).prefix(8)) }
}
