/// Why a percent-encoded path is neither matched nor sent on.
package enum PathFault: String, Sendable, CaseIterable {
    case noSlash = "the path does not begin with a slash"
    case unusableByte = "the path holds a space, a control character or a byte beyond ASCII"
    case delimiter = "the path holds a backslash, a \"?\" or a \"#\""
    case brokenEscape = "the path has a broken percent escape"
    case encodedControl = "the path has an encoded control character"
    case encodedSlash = "the path has an encoded slash or backslash"
    case notUTF8 = "the path is not UTF-8"
    case dotSegment = "the path has a \".\" or \"..\" between slashes"
}
