/// Writes a pattern of another dialect (Ruby, Java, Oniguruma) as one of ECMA-262's Unicode mode, where that is easy.
///
/// Escapes of characters that need none lose their backslash, and the ends of the text are `^` and `$`. Everything else
/// stays, so what cannot be said is refused when the pattern is compiled.
enum PatternTranslation {
    /// The characters that may be escaped outside of a class (ECMA-262 SyntaxCharacter and the solidus).
    private static let syntax = Set("^$\\.*+?()[]{}|/")
    private static let posix: [String: String] = [
        "[:alpha:]": "a-zA-Z", "[:digit:]": "0-9", "[:alnum:]": "a-zA-Z0-9", "[:upper:]": "A-Z", "[:lower:]": "a-z",
        "[:space:]": "\\s", "[:xdigit:]": "0-9a-fA-F", "[:word:]": "\\w",
    ]

    static func translate(_ text: String) -> String {
        let characters = Array(text)
        var result = ""
        var place = 0
        var classDepth = 0
        while place < characters.count {
            let character = characters[place]
            place += 1
            if character == "\\", place < characters.count {
                result += escape(characters[place], inClass: classDepth > 0)
                place += 1
            } else if classDepth > 0, character == "[" {
                if let (name, length) = named(characters, at: place - 1) {
                    result += name
                    place += length - 1
                } else {
                    result += "\\["
                }
            } else {
                if character == "[" { classDepth = 1 }
                if character == "]" { classDepth = 0 }
                result.append(character)
                if character == "[", place < characters.count, characters[place] == "^" {
                    result.append("^")
                    place += 1
                }
            }
        }
        return result
    }

    private static func escape(_ character: Character, inClass: Bool) -> String {
        switch character {
        case "A" where !inClass: return "^"
        case "z" where !inClass, "Z" where !inClass: return "$"
        case "h": return inClass ? " \\t" : "[ \\t]"
        case "-" where inClass: return "\\-"
        default:
            let isPlain = character.isASCII && !character.isLetter && !character.isNumber && !syntax.contains(character)
            return isPlain ? String(character) : "\\\(character)"
        }
    }

    private static func named(_ characters: [Character], at place: Int) -> (String, Int)? {
        for (name, set) in posix where String(characters[place...].prefix(name.count)) == name {
            return (set, name.count)
        }
        return nil
    }
}
