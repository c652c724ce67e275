/// Dates and times (RFC 3339) and durations (its appendix A).
enum FormatTime {
    typealias Bytes = UnsafeBufferPointer<UInt8>

    static func isDateTime(_ bytes: Bytes) -> Bool {
        guard bytes.count > 11, bytes[10] | 0x20 == UInt8(ascii: "t") else { return false }
        return isDate(bytes[part: 0..<10]) && isTime(bytes.from(11))
    }

    static func isDate(_ bytes: Bytes) -> Bool {
        guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
            let century = pair(bytes, 0), let rest = pair(bytes, 2), let month = pair(bytes, 5),
            let day = pair(bytes, 8), month >= 1, month <= 12
        else { return false }
        let year = century * 100 + rest
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let days = month == 2 ? (isLeap ? 29 : 28) : month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31
        return day >= 1 && day <= days
    }

    /// With offset; a leap second only where it is 23:59:60 in UTC.
    static func isTime(_ bytes: Bytes) -> Bool {
        guard bytes.count >= 9, bytes[2] == UInt8(ascii: ":"), bytes[5] == UInt8(ascii: ":"),
            let hour = pair(bytes, 0), let minute = pair(bytes, 3), let second = pair(bytes, 6),
            hour < 24, minute < 60, second <= 60
        else { return false }
        var place = 8
        if bytes[place] == UInt8(ascii: ".") {
            let start = place + 1
            place = start
            while place < bytes.count, bytes[place].isDigit { place += 1 }
            guard place > start else { return false }
        }
        guard let offset = offset(bytes.from(place)) else { return false }
        return second < 60 || (hour * 60 + minute - offset + 2880) % 1440 == 1439
    }

    static func isDuration(_ bytes: Bytes) -> Bool {
        guard bytes.count > 1, bytes[0] == UInt8(ascii: "P") else { return false }
        guard let mark = bytes.firstIndex(of: UInt8(ascii: "T")) else {
            return isUnits(bytes.from(1), "W") || isUnits(bytes.from(1), "YMD")
        }
        return (mark == 1 || isUnits(bytes[part: 1..<mark], "YMD")) && isUnits(bytes.from(mark + 1), "HMS")
    }

    /// Numbers with units in the given order, no unit left out between two that are there; at least one.
    private static func isUnits(_ bytes: Bytes, _ units: StaticString) -> Bool {
        units.withUTF8Buffer { units in
            var place = 0
            var unit = -1
            while place < bytes.count {
                let start = place
                while place < bytes.count, bytes[place].isDigit { place += 1 }
                guard place > start, place < bytes.count, let next = units.firstIndex(of: bytes[place]),
                    unit < 0 || next == unit + 1
                else { return false }
                unit = next
                place += 1
            }
            return unit >= 0
        }
    }

    /// Minutes east of UTC.
    private static func offset(_ bytes: Bytes) -> Int? {
        if bytes.count == 1 { return bytes[0] | 0x20 == UInt8(ascii: "z") ? 0 : nil }
        guard bytes.count == 6, bytes[0] == UInt8(ascii: "+") || bytes[0] == UInt8(ascii: "-"),
            bytes[3] == UInt8(ascii: ":"), let hour = pair(bytes, 1), let minute = pair(bytes, 4), hour < 24,
            minute < 60
        else { return nil }
        return (bytes[0] == UInt8(ascii: "-") ? -1 : 1) * (hour * 60 + minute)
    }

    /// A number of two digits.
    @inline(__always)
    private static func pair(_ bytes: Bytes, _ place: Int) -> Int? {
        let (tens, ones) = (bytes[place] &- 0x30, bytes[place + 1] &- 0x30)
        return tens < 10 && ones < 10 ? Int(tens) * 10 + Int(ones) : nil
    }
}
