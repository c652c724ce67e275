/// A moment as models write it: RFC 3339 in UTC, with the fraction of a second that the provider gave.
struct ModelTime {
    private let seconds: Int64
    /// Digits behind the point.
    private let fraction: String

    /// The last moment with a year of four digits.
    private static let latest: Int64 = 253_402_300_799
    private static let earliest: Int64 = -62_167_219_200

    /// Reads RFC 3339; a leap second is the second before it.
    init?(rfc3339 text: String) {
        let bytes = Array(text.utf8)
        guard FormatTime.isDateTime(bytes) else { return nil }
        func number(_ range: Range<Int>) -> Int64 { bytes[range].reduce(0) { $0 * 10 + Int64($1 - 0x30) } }
        var end = 19
        if bytes[end] == UInt8(ascii: ".") {
            end += 1
            while FormatTime.isDigit(bytes[end]) { end += 1 }
        }
        fraction = String(decoding: bytes[min(20, end)..<end], as: UTF8.self)
        var minutes: Int64 = 0
        if bytes[end] | 0x20 != UInt8(ascii: "z") {
            minutes = number(end + 1..<end + 3) * 60 + number(end + 4..<end + 6)
            if bytes[end] == UInt8(ascii: "-") { minutes = -minutes }
        }
        let days = CivilDate.days(year: number(0..<4), month: number(5..<7), day: number(8..<10))
        seconds =
            days * 86_400 + (number(11..<13) * 60 + number(14..<16) - minutes) * 60 + min(number(17..<19), 59)
        guard (Self.earliest...Self.latest).contains(seconds) else { return nil }
    }

    /// Reads a count of seconds, or of thousandths, since 1970-01-01T00:00:00Z; nil for one with a fraction finer than a nanosecond.
    init?(_ number: JSONNumber, inThousandths: Bool) {
        guard let text = JSONDecimal(number.text).text(shiftedBy: inThousandths ? -3 : 0, fraction: 0) else {
            return nil
        }
        let parts = text.split(separator: ".")
        guard var whole = Int64(parts[0]) else { return nil }
        var fraction = parts.count > 1 ? String(parts[1]) : ""
        guard fraction.utf8.count <= 9 else { return nil }
        if text.hasPrefix("-"), let nanos = Int64((fraction + "000000000").prefix(9)), nanos > 0 {
            whole -= 1
            let rest = String(1_000_000_000 - nanos)
            fraction = String(repeating: "0", count: 9 - rest.utf8.count) + rest
            while fraction.last == "0" { fraction.removeLast() }
        }
        guard (Self.earliest...Self.latest).contains(whole) else { return nil }
        seconds = whole
        self.fraction = fraction
    }

    var text: String {
        let (days, second) = CivilDate.floored(seconds, 86_400)
        let (year, month, day) = CivilDate.date(daysSinceEpoch: days)
        func padded(_ number: Int64, _ width: Int = 2) -> String {
            let text = String(number)
            return String(repeating: "0", count: max(0, width - text.utf8.count)) + text
        }
        let date = "\(padded(year, 4))-\(padded(month))-\(padded(day))"
        let time = "\(padded(second / 3600)):\(padded(second / 60 % 60)):\(padded(second % 60))"
        return "\(date)T\(time)\(fraction.isEmpty ? "" : "." + fraction)Z"
    }
}
