/// Names in Swift.
enum SwiftWords {
    /// Names that members of a generated type must not have.
    static let members: Set<String> = [
        "self", "Self", "init", "Type", "Protocol", "super", "hash", "hashValue", "encode", "rawValue", "some", "none",
        "CodingKeys", "deinit", "subscript", "client",
    ]

    private static let keywords: Set<String> = [
        "actor", "any", "as", "associatedtype", "async", "await", "borrowing", "break", "case", "catch", "class",
        "consuming", "continue", "default", "defer", "do", "dynamic", "else", "enum", "extension", "fallthrough",
        "false", "fileprivate", "for", "func", "guard", "if", "import", "in", "indirect", "infix", "inout", "internal",
        "is", "lazy", "left", "let", "mutating", "nil", "nonisolated", "open", "operator", "optional", "override",
        "package", "postfix", "precedence", "prefix", "private", "protocol", "public", "repeat", "required", "rethrows",
        "return", "right", "sending", "set", "static", "struct", "switch", "throw", "throws", "true", "try",
        "typealias", "unowned", "var", "weak", "where", "while", "get", "didSet", "willSet", "convenience", "final",
    ]

    /// The name as it is written where it is declared or used.
    static func written(_ name: String) -> String {
        keywords.contains(name) ? "`\(name)`" : name
    }

    /// A string literal.
    static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            default:
                if scalar.value < 0x20 || scalar.value == 0x7F || (0x2028...0x2029).contains(scalar.value) {
                    result += "\\u{\(String(scalar.value, radix: 16))}"
                } else {
                    result.unicodeScalars.append(scalar)
                }
            }
        }
        return result + "\""
    }

    /// A documentation comment on one line.
    static func comment(_ text: String?, indent: String) -> [String] {
        let words = (text ?? "").split { $0.isWhitespace || $0.isNewline }.joined(separator: " ")
        return words.isEmpty ? [] : ["\(indent)/// \(words)"]
    }
}
