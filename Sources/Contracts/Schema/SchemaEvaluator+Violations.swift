extension SchemaEvaluator {
    /// Keywords for whose faults a value's type says enough.
    private static let tellsType: Set<String> = ["type", "additionalProperties", "unevaluatedProperties"]

    /// The way to the present value as a JSON Pointer, with `*` for places in arrays when generalised.
    func pointer(generalised: Bool) -> String {
        path.reduce(into: "") { text, step in
            switch step {
            case .name(let name): text += "/" + JSONPointer.escape(name)
            case .index(let index): text += generalised ? "/*" : "/\(index)"
            }
        }
    }

    /// Notes a fault when collecting; always false.
    mutating func fail(
        _ keyword: String, _ node: SchemaNode, _ place: Int, _ message: @autoclosure () -> String,
        _ expected: @autoclosure () -> String, seen: @autoclosure () -> String? = nil, member: String? = nil
    ) -> Bool {
        guard isCollecting else { return false }
        let isWholeSchema = keyword == "false"
        if violations.count + 1 >= SchemaEvaluator.violationLimit { isCollecting = false }
        violations.append(
            Violation(
                instancePointer: pointer(generalised: false), generalPointer: pointer(generalised: true),
                schemaPointer: isWholeSchema ? node.location : node.location + "/" + JSONPointer.escape(keyword),
                keyword: keyword, message: message(), expected: expected(),
                seen: seen() ?? self.seen(at: place, keyword), member: member))
        return false
    }

    /// The value in few words: no text of the document but a short word where only certain words are allowed.
    private func seen(at place: Int, _ keyword: String) -> String {
        let value = document.nodes[place]
        let type = typeName(at: place)
        switch value.kind {
        case _ where SchemaEvaluator.tellsType.contains(keyword):
            return type
        case .number:
            return document.string(at: place)
        case .string:
            let text = document.string(at: place)
            if keyword == "enum" || keyword == "const", isWord(text) { return "\"\(text)\"" }
            return "string of \(text.unicodeScalars.count) characters"
        case .array:
            return "array of \(value.count) elements"
        default:
            return type
        }
    }

    /// Short, and of the characters that names of states and kinds are made of.
    private func isWord(_ text: String) -> Bool {
        text.utf8.count <= 24
            && text.utf8.allSatisfy { byte in
                (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A) || (byte >= 0x30 && byte <= 0x39)
                    || [UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: ".")].contains(byte)
            }
    }
}
