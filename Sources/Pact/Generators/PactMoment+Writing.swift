import Contracts

extension PactMoment {
    /// The moment in this form, in UTC. Fields that no generator of dates needs are left as nothing.
    func text(millisecondsSinceEpoch moment: Int64) -> String {
        let (days, rest) = CivilDate.floored(moment, 86_400_000)
        let date = CivilDate.date(daysSinceEpoch: days)
        let ofYear = days - CivilDate.days(year: date.year, month: 1, day: 1) + 1
        let weekday = Int(CivilDate.floored(days + 3, 7).remainder)
        let hour = rest / 3_600_000
        let millisecond = rest % 1000
        return pieces.reduce(into: "") { text, piece in
            guard case .field(let letter, let count) = piece else {
                if case .literal(let literal) = piece { text += literal }
                return
            }
            switch letter {
            case "u", "y", "Y": text += PactMoment.padded(count == 2 ? date.year % 100 : date.year, count)
            case "M", "L":
                let name = PactMomentReader.months[Int(date.month) - 1]
                text += count < 3 ? PactMoment.padded(date.month, count) : count == 3 ? String(name.prefix(3)) : name
            case "d": text += PactMoment.padded(date.day, count)
            case "D": text += PactMoment.padded(ofYear, count)
            case "H": text += PactMoment.padded(hour, count)
            case "k": text += PactMoment.padded(hour == 0 ? 24 : hour, count)
            case "K": text += PactMoment.padded(hour % 12, count)
            case "h": text += PactMoment.padded((hour + 11) % 12 + 1, count)
            case "m": text += PactMoment.padded(rest / 60_000 % 60, count)
            case "s": text += PactMoment.padded(rest / 1000 % 60, count)
            case "S": text += String((PactMoment.padded(millisecond, 3) + "000000").prefix(count))
            case "n": text += PactMoment.padded(millisecond * 1_000_000, count)
            case "A": text += PactMoment.padded(rest, count)
            case "a": text += hour < 12 ? "AM" : "PM"
            case "G": text += "AD"
            case "E", "e":
                let name = PactMomentReader.days[weekday]
                text += count == 4 ? name : String(name.prefix(3))
            case "X": text += "Z"
            case "x", "Z": text += count == 3 || count == 5 ? "+00:00" : count == 4 && letter == "Z" ? "GMT" : "+0000"
            case "z", "V": text += "UTC"
            case "O": text += "GMT"
            case "Q", "q": text += PactMoment.padded((date.month + 2) / 3, count)
            default: return
            }
        }
    }

    private static func padded(_ number: Int64, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
