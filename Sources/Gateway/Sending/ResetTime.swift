import Contracts
import Store

/// The times that providers write into their fields about limits, in whatever form.
enum ResetTime {
    /// No provider is believed further than this.
    static let longest = Duration.seconds(86_400)

    /// The time from now until a reset: seconds (`30`, `1.5`), a span (`1s`, `6m0s`, `17ms`), an epoch in seconds or
    /// milliseconds, an RFC 3339 time, or an HTTP date. What is past is zero; nil when it is none of these.
    static func wait(_ text: String, now: Timestamp) -> Duration? {
        if let value = number(text.utf8) {
            // No wait is 31 years long, no epoch that is meant is before 2001.
            if value >= 100_000_000_000 { return until(milliseconds: value, now) }
            if value >= 1_000_000_000 { return until(milliseconds: value * 1000, now) }
            return clamped(milliseconds: value * 1000)
        }
        if let span = span(text) { return span }
        if let moment = rfc3339(text) ?? HTTPDate.parse(text) { return max(.zero, min(moment - now, longest)) }
        return nil
    }

    /// Seconds (`7`, `1.5`) as `Retry-After` holds them, or a number in another unit.
    static func wait(_ text: String, millisecondsPerUnit: Double) -> Duration? {
        number(text.utf8).map { clamped(milliseconds: $0 * millisecondsPerUnit) }
    }

    /// Digits with at most one point among them: no sign, no exponent, nothing that is no plain number.
    static func number(_ bytes: some Collection<UInt8>) -> Double? {
        guard bytes.count <= 40 else { return nil }
        var value = 0.0
        var divisor = 1.0
        var hasPoint = false
        var hasDigit = false
        for byte in bytes {
            if byte &- 0x30 < 10 {
                value = value * 10 + Double(byte - 0x30)
                if hasPoint { divisor *= 10 }
                hasDigit = true
            } else if byte == 0x2E, !hasPoint {
                hasPoint = true
            } else {
                return nil
            }
        }
        return hasDigit ? value / divisor : nil
    }

    /// `1h2m3.5s`, in the units of Go: h, m, s, ms, us, µs, ns.
    static func span(_ text: String) -> Duration? {
        var rest = Substring(text).utf8
        guard rest.count <= 40, !rest.isEmpty else { return nil }
        var milliseconds = 0.0
        while !rest.isEmpty {
            let digits = rest.prefix { $0 &- 0x30 < 10 || $0 == 0x2E }
            rest = rest.dropFirst(digits.count)
            let unit = rest.prefix { !($0 &- 0x30 < 10) && $0 != 0x2E }
            rest = rest.dropFirst(unit.count)
            guard let value = number(digits), let length = units[String(Substring(unit))] else { return nil }
            milliseconds += value * length
        }
        return clamped(milliseconds: milliseconds)
    }

    private static let units: [String: Double] = [
        "d": 86_400_000, "h": 3_600_000, "m": 60_000, "s": 1000, "ms": 1, "us": 0.001, "µs": 0.001, "μs": 0.001,
        "ns": 0.000_001,
    ]

    /// `2026-11-24T23:29:38.123Z`, or with an offset.
    static func rfc3339(_ text: String) -> Timestamp? {
        let bytes = Array(text.utf8)
        guard (20...40).contains(bytes.count), bytes[4] == 0x2D, bytes[7] == 0x2D, bytes[10] | 0x20 == 0x74,
            bytes[13] == 0x3A, bytes[16] == 0x3A,
            let year = whole(bytes[0..<4]), let month = whole(bytes[5..<7]), let day = whole(bytes[8..<10]),
            let hour = whole(bytes[11..<13]), let minute = whole(bytes[14..<16]), let second = whole(bytes[17..<19]),
            (1...12).contains(month), (1...31).contains(day), hour < 24, minute < 60, second <= 60
        else { return nil }
        var rest = bytes[19...]
        if rest.first == 0x2E {
            let fraction = rest.dropFirst().prefix { $0 &- 0x30 < 10 }
            guard !fraction.isEmpty else { return nil }
            rest = rest.dropFirst(fraction.count + 1)
        }
        guard let offset = offset(rest) else { return nil }
        let days = CivilDate.days(year: year, month: month, day: day)
        return Timestamp(milliseconds: ((days * 24 + hour) * 60 + minute - offset) * 60_000 + second * 1000)
    }

    /// Minutes east of UTC.
    private static func offset(_ bytes: ArraySlice<UInt8>) -> Int64? {
        let bytes = Array(bytes)
        if bytes.count == 1, bytes[0] | 0x20 == 0x7A { return 0 }
        guard bytes.count == 6, bytes[0] == 0x2B || bytes[0] == 0x2D, bytes[3] == 0x3A, let hours = whole(bytes[1..<3]),
            let minutes = whole(bytes[4..<6]), hours < 24, minutes < 60
        else { return nil }
        return (bytes[0] == 0x2D ? -1 : 1) * (hours * 60 + minutes)
    }

    private static func whole(_ digits: ArraySlice<UInt8>) -> Int64? {
        guard digits.allSatisfy({ $0 &- 0x30 < 10 }) else { return nil }
        return digits.reduce(0) { $0 * 10 + Int64($1 - 0x30) }
    }

    private static func until(milliseconds: Double, _ now: Timestamp) -> Duration {
        clamped(milliseconds: milliseconds - Double(now.milliseconds))
    }

    private static func clamped(milliseconds: Double) -> Duration {
        .microseconds(Int64((min(max(milliseconds, 0), 86_400_000) * 1000).rounded(.up)))
    }
}
