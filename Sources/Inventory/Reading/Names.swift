/// The names that files may give to things.
package enum Names {
    package static let expected = "lower-case letters, digits and \"-\", beginning with a letter"

    /// Whether the text is `[a-z][a-z0-9-]*` of at most 64 characters.
    package static func isName(_ text: some StringProtocol) -> Bool {
        guard let first = text.utf8.first, first.isASCIILower, text.utf8.count <= 64 else { return false }
        return text.utf8.allSatisfy { $0.isASCIILower || $0.isASCIIDigit || $0 == UInt8(ascii: "-") }
    }

    /// Whether the text is `[a-z][a-z0-9_]*` of at most 64 characters: the code of a problem.
    static func isCode(_ text: String) -> Bool {
        guard let first = text.utf8.first, first.isASCIILower, text.utf8.count <= 64 else { return false }
        return text.utf8.allSatisfy { $0.isASCIILower || $0.isASCIIDigit || $0 == UInt8(ascii: "_") }
    }

    /// Whether the text can be the name of a header (RFC 9110, section 5.6.2).
    package static func isHeader(_ text: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { $0.isASCIILetter || $0.isASCIIDigit || "!#$%&'*+-.^_`|~".utf8.contains($0) }
    }

    /// Whether the text can be a language tag such as `de` or `pt-BR`.
    static func isLanguage(_ text: String) -> Bool {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        return (2...3).contains(parts[0].utf8.count) && parts[0].utf8.allSatisfy { $0.isASCIILower }
            && parts.dropFirst().allSatisfy { part in
                (2...8).contains(part.utf8.count) && part.utf8.allSatisfy { $0.isASCIILetter || $0.isASCIIDigit }
            }
    }

    /// Whether the text is one path component that an output file may have: no folder, no leading dot.
    static func isFile(_ text: String) -> Bool {
        guard let first = text.utf8.first, first != UInt8(ascii: "."), text.utf8.count <= 200 else { return false }
        return text.utf8.allSatisfy {
            $0.isASCIILetter || $0.isASCIIDigit || $0 >= 0x80 || " ._-+()".utf8.contains($0)
        }
    }
}
