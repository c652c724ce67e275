package import Store

/// The three date forms of RFC 9110, section 5.6.7.
package enum HTTPDate {
    /// nil for anything that is not a whole date.
    package static func parse(_ text: String) -> Timestamp? {
        let words = text.split(whereSeparator: { $0 == " " || $0 == "," || $0 == "-" })
        switch words.count {
        case 6 where words[2].first?.isLetter == true && words[5] == "GMT":
            // Sun, 06 Nov 1994 08:49:37 GMT, or the older Sunday, 06-Nov-94 08:49:37 GMT
            return timestamp(day: words[1], month: words[2], year: words[3], time: words[4])
        case 5 where words[1].first?.isLetter == true:
            // Sun Nov  6 08:49:37 1994
            return timestamp(day: words[2], month: words[1], year: words[4], time: words[3])
        default:
            return nil
        }
    }

    /// The form that is sent: `Sun, 06 Nov 1994 08:49:37 GMT`.
    package static func text(_ moment: Timestamp) -> String {
        let iso = moment.description
        let days = Int((moment.milliseconds - (moment.milliseconds < 0 ? 86_399_999 : 0)) / 86_400_000)
        let weekday = weekdays[((days + 4) % 7 + 7) % 7]
        let parts = iso.split(whereSeparator: { "-T:.".contains($0) })
        let month = months[(Int(parts[1]) ?? 1) - 1]
        return "\(weekday), \(parts[2]) \(month) \(parts[0]) \(parts[3]):\(parts[4]):\(parts[5]) GMT"
    }

    private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    private static func timestamp(day: Substring, month: Substring, year: Substring, time: Substring) -> Timestamp? {
        let clock = time.split(separator: ":", omittingEmptySubsequences: false).map { Int64($0) }
        guard let month = months.firstIndex(of: String(month)), let day = Int64(day), var year = Int64(year),
            (1...31).contains(day), (0...9999).contains(year), clock.count == 3, let hour = clock[0],
            let minute = clock[1],
            let second = clock[2], (0...23).contains(hour), (0...59).contains(minute), (0...60).contains(second)
        else { return nil }
        if year < 100 { year += year < 70 ? 2000 : 1900 }
        let days = Timestamp.days(year: year, month: Int64(month + 1), day: day)
        return Timestamp(milliseconds: ((days * 24 + hour) * 60 + minute) * 60_000 + second * 1000)
    }
}
