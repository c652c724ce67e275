/// A regular expression in the syntax of ECMA-262 (Unicode mode), searched in time linear in the text.
///
/// The text form is parsed to a tree, the tree compiled to a small machine that follows all possibilities at once
/// (Thompson, 1968), one code point after the other: no pattern and no text can make it explode. Where the machine is
/// simple enough its states are worked out beforehand (`PatternTable`). Look-ahead and look-behind are sub-machines
/// remembered by position. What needs backtracking (back references) is refused when compiled, as are patterns beyond
/// `sizeLimit`.
public struct RegularExpression: Sendable {
    /// Instructions of a compiled pattern; counted repetitions are written out, so `(a{99}){99}` is too large.
    public static let sizeLimit = 20_000

    public let text: String
    private let table: PatternTable

    public init(_ text: String) throws(RegularExpressionError) {
        var parser = PatternParser(text)
        let tree = try parser.parse()
        var compiler = PatternCompiler()
        table = PatternTable(try compiler.compile(tree))
        self.text = text
    }

    /// Whether the expression matches anywhere in the text.
    public func isFound(in text: String) -> Bool {
        var text = text
        return text.withUTF8 { machine.isFound(in: $0, isASCII: $0.allSatisfy { $0 < 0x80 }) }
    }

    /// For use while the expression lives.
    var machine: PatternMachine { table.machine }

    /// Whether the text is an expression by ECMA-262, also one that could not be searched.
    static func isWellFormed(_ text: String) -> Bool {
        var parser = PatternParser(text, allowsBackReferences: true)
        return (try? parser.parse()) != nil
    }
}
