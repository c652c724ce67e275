/// A regular expression in the syntax of ECMA-262 (Unicode mode), searched in time linear in the text.
///
/// The text form is parsed to a tree, the tree compiled to a small machine that follows all possibilities at once
/// (Thompson, 1968), one code point after the other: no pattern and no text can make it explode. Look-ahead and
/// look-behind are sub-machines remembered by position. What needs backtracking (back references) is refused when
/// compiled, as are patterns beyond `sizeLimit`.
public struct RegularExpression: Sendable {
    /// Instructions of a compiled pattern; counted repetitions are written out, so `(a{99}){99}` is too large.
    public static let sizeLimit = 20_000

    public let text: String
    let program: PatternProgram

    public init(_ text: String) throws(RegularExpressionError) {
        var parser = PatternParser(text)
        let tree = try parser.parse()
        var compiler = PatternCompiler()
        program = try compiler.compile(tree)
        self.text = text
    }

    /// Whether the expression matches anywhere in the text.
    public func isFound(in text: String) -> Bool {
        isFound(in: text.unicodeScalars.map(\.value))
    }

    func isFound(in scalars: [UInt32]) -> Bool {
        var matcher = PatternMatcher(program: program, text: scalars)
        return matcher.search()
    }
}
