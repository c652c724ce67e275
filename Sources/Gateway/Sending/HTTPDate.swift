import Contracts
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
    ///
    /// Years have four digits; a moment before the year 0 or after 9999 is given the nearest.
    package static func text(_ moment: Timestamp) -> String {
        let (days, milliseconds) = moment.daysAndMilliseconds
        let (year, month, day) = CivilDate.date(daysSinceEpoch: days)
        let second = Int(milliseconds / 1000)
        return String(unsafeUninitializedCapacity: 29) { buffer in
            var count = 0
            func put(_ text: StaticString) {
                for byte in UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount) {
                    buffer[count] = byte
                    count += 1
                }
            }
            func put(_ number: Int) {
                buffer[count] = UInt8(0x30 + number / 10 % 10)
                buffer[count + 1] = UInt8(0x30 + number % 10)
                count += 2
            }
            let clamped = Int(min(max(year, 0), 9999))
            put(weekdays[Int(((days + 4) % 7 + 7) % 7)])
            put(", ")
            put(Int(day))
            put(" ")
            put(months[Int(month) - 1])
            put(" ")
            put(clamped / 100)
            put(clamped % 100)
            put(" ")
            put(second / 3600)
            put(":")
            put(second / 60 % 60)
            put(":")
            put(second % 60)
            put(" GMT")
            return count
        }
    }

    private static let weekdays: [StaticString] = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let months: [StaticString] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    private static func timestamp(day: Substring, month: Substring, year: Substring, time: Substring) -> Timestamp? {
        let clock = time.split(separator: ":", omittingEmptySubsequences: false).map { Int64($0) }
        guard let month = months.firstIndex(where: { "\($0)" == month }), let day = Int64(day), var year = Int64(year),
            (1...31).contains(day), (0...9999).contains(year), clock.count == 3, let hour = clock[0],
            let minute = clock[1],
            let second = clock[2], (0...23).contains(hour), (0...59).contains(minute), (0...60).contains(second)
        else { return nil }
        if year < 100 { year += year < 70 ? 2000 : 1900 }
        let days = CivilDate.days(year: year, month: Int64(month + 1), day: day)
        return Timestamp(milliseconds: ((days * 24 + hour) * 60 + minute) * 60_000 + second * 1000)
    }
}
