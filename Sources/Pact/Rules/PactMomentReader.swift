import Contracts

/// Reads the fields of a date or time one after the other.
struct PactMomentReader {
    static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]
    static let days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]

    private var rest: Substring
    private var year: Int64?
    private var month: Int64?
    private var day: Int64?

    init(_ text: String) {
        rest = text[...]
    }

    var isAtEnd: Bool { rest.isEmpty }

    /// Whether the day that was read is one of its month.
    var isDate: Bool {
        guard let month, let day else { return true }
        let year = year ?? 2000
        return CivilDate.days(year: year, month: month, day: day)
            < CivilDate.days(year: year, month: month + 1, day: 1)
    }

    mutating func skip(_ literal: String) -> Bool {
        guard rest.hasPrefix(literal) else { return false }
        rest = rest.dropFirst(literal.count)
        return true
    }

    mutating func read(_ letter: Character, _ count: Int) -> Bool {
        switch letter {
        case "u", "y", "Y":
            guard let number = number(count == 1 ? 1...9 : count...count) else { return false }
            year = Int64(count == 2 ? 2000 + number : number)
            return true
        case "M", "L":
            if count > 2 { return monthName(count) }
            guard let number = number(within: 1...12, count) else { return false }
            month = Int64(number)
            return true
        case "d":
            guard let number = number(within: 1...31, count) else { return false }
            day = Int64(number)
            return true
        case "D": return number(within: 1...366, count, digits: 3) != nil
        case "Q", "q": return count > 2 ? word() : number(within: 1...4, count) != nil
        case "w": return number(within: 1...53, count) != nil
        case "W": return number(within: 1...6, count) != nil
        case "H": return number(within: 0...23, count) != nil
        case "k": return number(within: 1...24, count) != nil
        case "K": return number(within: 0...11, count) != nil
        case "h": return number(within: 1...12, count) != nil
        case "m": return number(within: 0...59, count) != nil
        case "s": return number(within: 0...60, count) != nil
        case "S": return number(count...count) != nil
        case "n", "A", "N": return number(count...18) != nil
        case "E", "e": return count < 3 && letter == "e" ? number(within: 1...7, count) != nil : dayName(count)
        case "a": return oneOf(["AM", "PM"])
        case "G": return oneOf(["AD", "BC", "Anno Domini", "Before Christ"])
        default: return zone(letter, count)
        }
    }

    private mutating func number(_ lengths: ClosedRange<Int>) -> Int? {
        let digits = rest.prefix { $0.isASCII && $0.isNumber }.prefix(lengths.upperBound)
        guard digits.count >= lengths.lowerBound, let number = Int(digits) else { return nil }
        rest = rest.dropFirst(digits.count)
        return number
    }

    /// One letter stands for as many digits as the number has, several for exactly so many.
    private mutating func number(within range: ClosedRange<Int>, _ count: Int, digits: Int = 2) -> Int? {
        guard let number = number(count == 1 ? 1...digits : count...count), range.contains(number) else { return nil }
        return number
    }

    private mutating func monthName(_ count: Int) -> Bool {
        for (index, name) in Self.months.enumerated() {
            guard oneOf([count == 3 ? String(name.prefix(3)) : name]) else { continue }
            month = Int64(index + 1)
            return true
        }
        return false
    }

    private mutating func dayName(_ count: Int) -> Bool {
        oneOf(Self.days.map { count == 4 ? $0 : String($0.prefix(3)) })
    }

    private mutating func word() -> Bool {
        let word = rest.prefix { $0.isLetter || $0.isNumber || $0 == " " }
        rest = rest.dropFirst(word.count)
        return !word.isEmpty
    }

    private mutating func oneOf(_ words: [String]) -> Bool {
        for word in words where rest.prefix(word.count).lowercased() == word.lowercased() {
            rest = rest.dropFirst(word.count)
            return true
        }
        return false
    }

    /// Offsets (`Z`, `+0200`, `+02:00`) and names of zones.
    private mutating func zone(_ letter: Character, _ count: Int) -> Bool {
        switch letter {
        case "X" where skip("Z"): return true
        case "X", "x": return offset(colon: count == 3 || count == 5, seconds: count > 3, minutes: count > 1)
        case "Z":
            if count == 4 { return skip("GMT") && (rest.isEmpty || offset(colon: true, seconds: false, minutes: true)) }
            return count == 5 && skip("Z") || offset(colon: count == 5, seconds: false, minutes: true)
        case "O":
            guard skip("GMT") || skip("UTC") else { return false }
            guard let sign = rest.first, "+-".contains(sign) else { return true }
            rest = rest.dropFirst()
            guard number(1...2) != nil else { return false }
            return !skip(":") || number(2...2) != nil
        default:
            let name = rest.prefix { $0.isLetter || $0.isNumber || "/_+-:".contains($0) }
            rest = rest.dropFirst(name.count)
            return !name.isEmpty
        }
    }

    private mutating func offset(colon: Bool, seconds: Bool, minutes: Bool) -> Bool {
        guard let sign = rest.first, "+-".contains(sign) else { return false }
        rest = rest.dropFirst()
        guard let hours = number(2...2), hours <= 18 else { return false }
        let mark = colon ? ":" : ""
        let isFollowed = rest.hasPrefix(mark) && rest.dropFirst(mark.count).first?.isNumber == true
        if minutes || isFollowed {
            guard skip(mark), let part = number(2...2), part < 60 else { return false }
        }
        guard seconds, rest.hasPrefix(mark), rest.dropFirst(mark.count).first?.isNumber == true else { return true }
        guard skip(mark), let part = number(2...2) else { return false }
        return part < 60
    }
}
