/// Leaves out of a source file what only its reader needs: comments, indentation, and in style sheets most spaces.
enum Compaction {
    static func compact(_ text: String, _ path: String) throws -> String {
        if path.hasSuffix(".js") { return try script(text, path) }
        if path.hasSuffix(".css") { return try styleSheet(text, path) }
        return text
    }

    /// Drops blank lines, lines that are a comment, and indentation; a line with code stays as it is.
    ///
    /// A template literal over several lines would lose indentation that it means, so it is refused.
    private static func script(_ text: String, _ path: String) throws -> String {
        var lines: [Substring] = []
        var isInComment = false
        for (index, whole) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let line = whole.trimmed
            if isInComment || line.hasPrefix("/*") {
                isInComment = !line.hasSuffix("*/")
                guard isInComment || line.firstIndex(of: "*/") == line.index(line.endIndex, offsetBy: -2) else {
                    throw Failure(description: "\(path):\(index + 1): code after a comment in the same line")
                }
                continue
            }
            guard !line.isEmpty, !line.hasPrefix("//") else { continue }
            guard line.count(where: { $0 == "`" }).isMultiple(of: 2) else {
                throw Failure(description: "\(path):\(index + 1): a template literal must end in the line it begins in")
            }
            lines.append(line)
        }
        return lines.joined(separator: "\n")
    }

    /// Drops comments, and spaces where CSS gives them no meaning: around `{ } ; , >` and after `:`.
    ///
    /// A space before `:` (`main :hover`) and around `+`, `-`, `(` and `)` has one, and stays. Strings are left alone.
    private static func styleSheet(_ text: String, _ path: String) throws -> String {
        var result = ""
        var isSpaceDue = false
        var rest = Substring(text)
        while let character = rest.first {
            if rest.hasPrefix("/*") {
                guard let end = rest.firstIndex(of: "*/") else {
                    throw Failure(description: "\(path): a comment does not end")
                }
                rest = rest[rest.index(end, offsetBy: 2)...]
                isSpaceDue = true
            } else if character.isWhitespace {
                rest.removeFirst()
                isSpaceDue = true
            } else {
                if isSpaceDue, let last = result.last, !"{};,>:".contains(last), !"{};,>".contains(character) {
                    result.append(" ")
                }
                isSpaceDue = false
                let token = try token(&rest, path)
                if token == "}", result.last == ";" { result.removeLast() }
                result += token
            }
        }
        return result
    }

    /// Takes a whole string, or one character of anything else.
    private static func token(_ rest: inout Substring, _ path: String) throws -> Substring {
        guard let quote = rest.first, quote == "\"" || quote == "'" else {
            defer { rest = rest.dropFirst() }
            return rest.prefix(1)
        }
        let inner = rest.dropFirst()
        guard let end = inner.firstIndex(of: quote), !inner[..<end].contains(where: { $0 == "\\" || $0.isNewline })
        else {
            throw Failure(description: "\(path): a string must end in its line and hold no backslash")
        }
        defer { rest = rest[rest.index(after: end)...] }
        return rest[...end]
    }
}

extension Substring {
    fileprivate var trimmed: Substring {
        let start = drop(while: \.isWhitespace)
        guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return start[...last]
    }

    /// Where a pair of characters first stands.
    fileprivate func firstIndex(of pair: String) -> Index? {
        indices.first { self[$0...].hasPrefix(pair) }
    }
}
