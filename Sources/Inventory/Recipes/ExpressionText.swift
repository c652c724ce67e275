/// Text with `${...}` expressions in it, taken apart.
///
/// What stands between the braces is a jq expression: braces, strings and `\(...)` inside it are followed, so that
/// `${ {a: "}"} }` is one expression.
public struct ExpressionText: Hashable, Sendable {
    /// A piece of the text.
    public enum Part: Hashable, Sendable {
        case literal(String)
        /// The jq expression without `${`, `}` and the spaces around it.
        case expression(String)
    }

    public let parts: [Part]

    /// Takes text apart; throws when a `${` has no end or nothing in it.
    public init(_ text: String) throws(ExpressionTextError) {
        var parts: [Part] = []
        var rest = text[...]
        while let open = rest.firstRange(of: "${") {
            if open.lowerBound > rest.startIndex { parts.append(.literal(String(rest[..<open.lowerBound]))) }
            rest = rest[open.upperBound...]
            guard let end = ExpressionText.end(of: rest) else { throw ExpressionTextError.unbalanced }
            var expression = rest[..<end]
            while expression.first?.isWhitespace == true { expression.removeFirst() }
            while expression.last?.isWhitespace == true { expression.removeLast() }
            guard !expression.isEmpty else { throw ExpressionTextError.empty }
            parts.append(.expression(String(expression)))
            rest = rest[rest.index(after: end)...]
        }
        if !rest.isEmpty { parts.append(.literal(String(rest))) }
        self.parts = parts
    }

    /// The expression, when the text is exactly one and nothing else.
    public var single: String? {
        guard parts.count == 1, case .expression(let expression) = parts[0] else { return nil }
        return expression
    }

    /// All expressions in order.
    public var expressions: [String] {
        parts.compactMap {
            guard case .expression(let expression) = $0 else { return nil }
            return expression
        }
    }

    private enum Frame {
        case brace
        case parenthesis
        case string
    }

    /// The place of the `}` that ends an expression which has just begun.
    private static func end(of text: Substring) -> Substring.Index? {
        var frames: [Frame] = []
        var index = text.startIndex
        while index < text.endIndex {
            let scalar = text.unicodeScalars[index]
            let isString = frames.last == .string
            switch scalar {
            case "\"":
                if isString { frames.removeLast() } else { frames.append(.string) }
            case "\\" where isString:
                index = text.unicodeScalars.index(after: index)
                guard index < text.endIndex else { return nil }
                if text.unicodeScalars[index] == "(" { frames.append(.parenthesis) }
            case "{" where !isString: frames.append(.brace)
            case "(" where !isString: frames.append(.parenthesis)
            case ")" where !isString:
                if frames.last == .parenthesis { frames.removeLast() }
            case "}" where !isString:
                if frames.isEmpty { return index }
                if frames.last == .brace { frames.removeLast() }
            default: break
            }
            index = text.unicodeScalars.index(after: index)
        }
        return nil
    }
}
