import Store

/// Numbers and durations in the words people read.
package enum Words {
    /// `214 ms`, `1.58 s`, `12.4 s`, `2 min 5 s`; three digits that matter, narrow no-break space before the unit.
    package static func duration(_ milliseconds: Double) -> String {
        let space = "\u{202F}"
        switch milliseconds {
        case ..<999.5: return "\(Int(milliseconds.rounded()))\(space)ms"
        case ..<9995: return "\(fixed(milliseconds / 1000, 2))\(space)s"
        case ..<59_950: return "\(fixed(milliseconds / 1000, 1))\(space)s"
        default:
            let seconds = Int((milliseconds / 1000).rounded())
            return "\(seconds / 60)\(space)min \(seconds % 60)\(space)s"
        }
    }

    /// `a second`, `a minute`, `in 10.0 s`: the time a rate is for.
    package static func per(_ duration: Duration) -> String {
        switch duration {
        case .seconds(1): "a second"
        case .seconds(60): "a minute"
        case .seconds(3600): "an hour"
        default: "in \(Self.duration(duration.milliseconds))"
        }
    }

    /// With thousands separated by commas.
    package static func count(_ number: Int) -> String {
        let digits = String(abs(number))
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { text += "," }
            text.append(digit)
        }
        return number < 0 ? "-" + text : text
    }

    /// `1 call`, `12 calls`.
    package static func plural(_ number: Int, _ noun: String) -> String {
        "\(count(number)) \(noun)\(number == 1 ? "" : "s")"
    }

    private static func fixed(_ value: Double, _ places: Int) -> String {
        let scale = places == 2 ? 100 : 10
        let scaled = Int((value * Double(scale)).rounded())
        let fraction = String(scaled % scale)
        return "\(scaled / scale).\(String(repeating: "0", count: places - fraction.count))\(fraction)"
    }
}
