import Store

/// Numbers, times and counts as people read them.
enum Words {
    /// Three digits that matter: `320 ms`, `5.65 s`, `16.8 s`, `2 min 05 s`, `3 h 20 min`.
    static func duration(_ milliseconds: Double) -> String {
        let value = max(0, milliseconds)
        if value < 999.5 { return "\(Int(value.rounded())) ms" }
        if value < 9_995 { return "\(decimal(value / 1000, 2)) s" }
        if value < 99_950 { return "\(decimal(value / 1000, 1)) s" }
        let seconds = Int((value / 1000).rounded())
        if seconds < 3600 { return "\(seconds / 60) min \(twoDigits(seconds % 60)) s" }
        return "\(seconds / 3600) h \(twoDigits(seconds / 60 % 60)) min"
    }

    /// A duration in running words, without zeros that say nothing: `3 s`, `1.5 s`, `300 ms`.
    static func wait(_ milliseconds: Double) -> String {
        guard milliseconds >= 950, milliseconds < 99_950 else { return duration(milliseconds) }
        let tenths = Int((milliseconds / 100).rounded())
        return tenths % 10 == 0 ? "\(tenths / 10) s" : "\(tenths / 10).\(tenths % 10) s"
    }

    static func decimal(_ value: Double, _ places: Int) -> String {
        let scale = places == 2 ? 100 : 10
        let scaled = Int((value * Double(scale)).rounded())
        let fraction = String(scaled % scale)
        return "\(scaled / scale)." + String(repeating: "0", count: places - fraction.count) + fraction
    }

    /// With commas between thousands: `4,261`.
    static func number(_ value: Int) -> String {
        let digits = Array(String(value.magnitude))
        var text = value < 0 ? "-" : ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { text += "," }
            text.append(digit)
        }
        return text
    }

    /// `1 call`, `31 calls`; the plural is given where it is not an added s.
    static func count(_ value: Int, _ noun: String, _ plural: String? = nil) -> String {
        "\(number(value)) \(value == 1 ? noun : plural ?? noun + "s")"
    }

    /// `812 B`, `14.2 KB`, `3.1 MB`; one KB is 1,000 bytes.
    static func bytes(_ value: Int) -> String {
        switch value {
        case ..<1000: "\(value) B"
        case ..<1_000_000: "\(decimal(Double(value) / 1000, 1)) KB"
        default: "\(decimal(Double(value) / 1_000_000, 1)) MB"
        }
    }

    /// How long ago: `now`, `12 s ago`, `5 min ago`, `3 h ago`, `12 days ago`.
    static func age(of moment: Timestamp, at now: Timestamp) -> String {
        let seconds = Int(max(0, (now - moment).milliseconds / 1000))
        return switch seconds {
        case ..<2: "now"
        case ..<60: "\(seconds) s ago"
        case ..<3600: "\(seconds / 60) min ago"
        case ..<86_400: "\(seconds / 3600) h ago"
        default: count(seconds / 86_400, "day") + " ago"
        }
    }

    private static func twoDigits(_ value: Int) -> String {
        value < 10 ? "0\(value)" : "\(value)"
    }
}
