/// Makes names that a programming language accepts out of any text, each once.
struct TypeNames {
    private var taken: Set<String>
    /// The first number that may be free, by name.
    private var numbers: [String: Int] = [:]

    init(reserved: Set<String> = []) {
        taken = reserved
    }

    /// The name itself, or with the first number behind it that makes it free.
    mutating func claim(_ name: String) -> String {
        var candidate = name
        var number = numbers[name] ?? 2
        while !taken.insert(candidate).inserted {
            candidate = "\(name)\(number)"
            number += 1
        }
        numbers[name] = number
        return candidate
    }

    /// `RentsListAreas` of `rents` and `list-areas`.
    static func pascal(_ words: [String]) -> String {
        let name = words.flatMap(parts).map(capitalised).joined()
        return safe(name, orElse: "Value")
    }

    /// `listAreas` of `list-areas`; a name that is one already stays as it is.
    static func camel(_ text: String) -> String {
        let parts = parts(text)
        guard let first = parts.first else { return "value" }
        let isWritten = parts.count == 1 && first == text
        let head = isWritten && !isAllCapitals(first) ? lowered(first) : first.lowercased()
        return safe(head + parts.dropFirst().map(capitalised).joined(), orElse: "value")
    }

    /// Whether the text is an identifier of ASCII letters, digits, `_` and `$`.
    static func isIdentifier(_ text: String) -> Bool {
        guard let first = text.utf8.first, !isDigit(first) else { return false }
        return text.utf8.allSatisfy { isWord($0) || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "$") }
    }

    /// The runs of ASCII letters and digits.
    private static func parts(_ text: String) -> [String] {
        text.utf8.split { !isWord($0) }.map { String(decoding: $0, as: UTF8.self) }
    }

    private static func capitalised(_ word: String) -> String {
        let word = isAllCapitals(word) && word.count > 1 ? word.lowercased() : word
        return word.prefix(1).uppercased() + word.dropFirst()
    }

    private static func lowered(_ word: String) -> String { word.prefix(1).lowercased() + word.dropFirst() }

    private static func isAllCapitals(_ word: String) -> Bool {
        word.utf8.allSatisfy { !(0x61...0x7A).contains($0) }
    }

    private static func safe(_ name: String, orElse fallback: String) -> String {
        guard let first = name.utf8.first else { return fallback }
        return isDigit(first) ? "_" + name : name
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
    private static func isWord(_ byte: UInt8) -> Bool { isDigit(byte) || (0x61...0x7A).contains(byte | 0x20) }
}
