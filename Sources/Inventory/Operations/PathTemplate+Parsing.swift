extension PathTemplate {
    static func parse(_ text: String) throws(PathTemplateError) -> [Segment] {
        guard text.hasPrefix("/") else { throw PathTemplateError("a path begins with \"/\"") }
        guard !text.contains(where: { $0 == "?" || $0 == "#" || $0.isWhitespace }) else {
            throw PathTemplateError("a path has no \"?\", \"#\" or spaces; query parameters belong into request.query")
        }
        var segments: [Segment] = []
        var seen: Set<String> = []
        for part in text.dropFirst().split(separator: "/", omittingEmptySubsequences: false) {
            let segment = try parseSegment(part)
            if case .parameter(let name, _, _) = segment, !seen.insert(name).inserted {
                throw PathTemplateError("the parameter \"\(name)\" occurs twice")
            }
            segments.append(segment)
        }
        return segments
    }

    private static func parseSegment(_ part: Substring) throws(PathTemplateError) -> Segment {
        guard let open = part.firstIndex(of: "{") else {
            guard !part.contains("}") else { throw PathTemplateError("a \"}\" has no \"{\"") }
            return .literal(try decoded(part))
        }
        guard let close = part.firstIndex(of: "}"), open < close else {
            throw PathTemplateError("a \"{\" has no \"}\"")
        }
        let name = part[part.index(after: open)..<close]
        let suffix = part[part.index(after: close)...]
        guard !suffix.contains(where: { $0 == "{" || $0 == "}" }) else {
            throw PathTemplateError("only one parameter can stand between two slashes")
        }
        guard let first = name.utf8.first, first.isASCIILetter || first == UInt8(ascii: "_"),
            name.utf8.allSatisfy({ $0.isASCIILetter || $0.isASCIIDigit || "_-".utf8.contains($0) })
        else {
            throw PathTemplateError("the parameter name \"\(name)\" must be letters, digits, \"_\" and \"-\"")
        }
        return .parameter(String(name), prefix: try decoded(part[..<open]), suffix: try decoded(suffix))
    }

    private static func decoded(_ text: Substring) throws(PathTemplateError) -> String {
        guard let decoded = PercentEncoding.decode(text.utf8) else {
            throw PathTemplateError("\"\(text)\" has a broken percent escape")
        }
        guard isSafe(decoded) else { throw PathTemplateError("a path has no \".\" or \"..\" between slashes") }
        return decoded
    }
}
