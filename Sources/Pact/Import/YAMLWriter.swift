package import Contracts

/// Writes a JSON value as YAML in block style, as people write inventory files.
package struct YAMLWriter {
    private var lines: [String] = []

    /// The text, with a newline at its end.
    package static func text(_ value: JSONValue) -> String {
        var writer = YAMLWriter()
        writer.write(value, head: "", indent: 0)
        return writer.lines.joined(separator: "\n") + "\n"
    }

    /// - Parameter head: what stands before the value on its line: `name:` or `-`.
    private mutating func write(_ value: JSONValue, head: String, indent: Int) {
        let margin = String(repeating: " ", count: indent)
        let inner = head.isEmpty ? indent : indent + 2
        switch value {
        case .object(let object) where !object.isEmpty:
            if !head.isEmpty { lines.append(margin + head) }
            for (key, member) in object { write(member, head: YAMLWriter.scalar(key) + ":", indent: inner) }
        case .array(let elements) where !elements.isEmpty:
            if let line = YAMLWriter.line(elements), indent + head.count + line.count < 110 {
                lines.append(margin + head + (head.isEmpty ? "" : " ") + line)
                return
            }
            if !head.isEmpty { lines.append(margin + head) }
            for element in elements { write(element, head: "-", indent: inner) }
        case .string(let text): lines.append(margin + head + (head.isEmpty ? "" : " ") + YAMLWriter.scalar(text))
        default: lines.append(margin + head + (head.isEmpty ? "" : " ") + value.text)
        }
    }

    /// Scalars alone stand in one line.
    private static func line(_ elements: [JSONValue]) -> String? {
        var parts: [String] = []
        for element in elements {
            switch element {
            case .array, .object: return nil
            case .string(let text): parts.append(JSONValue.string(text).text)
            default: parts.append(element.text)
            }
        }
        return "[" + parts.joined(separator: ", ") + "]"
    }

    /// Plain where nothing could be read as something else, else quoted as in JSON, which YAML reads the same.
    private static func scalar(_ text: String) -> String {
        let words = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"]
        let isPlain =
            text.first.map { $0.isASCII && ($0.isLetter || "_/".contains($0)) } == true && text.last != " "
            && text.utf8.allSatisfy { byte in
                byte < 0x80
                    && (Character(UnicodeScalar(byte)).isLetter || byte >= 0x30 && byte <= 0x39
                        || " _-./{}$".utf8.contains(byte))
            } && !words.contains(text.lowercased())
        return isPlain ? text : JSONValue.string(text).text
    }
}
