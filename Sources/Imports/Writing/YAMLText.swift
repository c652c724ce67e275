import Contracts

/// Writes values as YAML in the style of inventory files: small ones in one line, large ones in lines of their own.
enum YAMLText {
    private static let width = 110

    /// The lines of `key: value`, indented.
    static func lines(_ key: String, _ value: JSONValue, indent: Int) -> [String] {
        let start = String(repeating: " ", count: indent) + self.key(key) + ":"
        let flow = scalar(value) ?? self.flow(value)
        let fits = start.count + flow.count < width
        switch value {
        case .object(let object)
        where !object.isEmpty && !(fits && (depth(value) <= 1 || (depth(value) == 2 && flow.count < 60))):
            return [start] + object.flatMap { lines($0.key, $0.value, indent: indent + 2) }
        case .array(let items) where !items.isEmpty && !fits:
            let dash = String(repeating: " ", count: indent + 2) + "- "
            return [start] + items.map { dash + (scalar($0) ?? self.flow($0)) }
        default: return ["\(start) \(flow)"]
        }
    }

    /// A value that is neither list nor mapping, as it stands on a line of its own.
    private static func scalar(_ value: JSONValue) -> String? {
        guard case .string(let text) = value else { return nil }
        let isPath =
            text.hasPrefix("/") && !text.utf8.contains { " #:\"'\\".utf8.contains($0) || $0 < 0x21 || $0 > 0x7E }
        return isPath || isPlain(text) ? text : value.text
    }

    private static func flow(_ value: JSONValue) -> String {
        switch value {
        case .string(let text): return isPlain(text) ? text : value.text
        case .array(let items): return "[\(items.map { flow($0) }.joined(separator: ", "))]"
        case .object(let object) where object.isEmpty: return "{}"
        case .object(let object):
            return "{ \(object.map { "\(key($0.key)): \(flow($0.value))" }.joined(separator: ", ")) }"
        default: return value.text
        }
    }

    private static func key(_ name: String) -> String {
        isPlain(name) ? name : JSONValue.string(name).text
    }

    private static func depth(_ value: JSONValue) -> Int {
        switch value {
        case .array(let items): (items.map { depth($0) }.max() ?? 0) + (areScalars(items) ? 0 : 1)
        case .object(let object): (object.map { depth($0.value) }.max() ?? 0) + 1
        default: 0
        }
    }

    private static func areScalars(_ items: [JSONValue]) -> Bool {
        items.allSatisfy { $0.objectValue == nil && $0.arrayValue == nil }
    }

    private static let words: Set<String> = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"]

    /// Whether a text means itself without quotes, everywhere and in every version of YAML.
    private static func isPlain(_ text: String) -> Bool {
        guard let first = text.utf8.first, (first | 0x20) &- UInt8(ascii: "a") < 26, text.utf8.last != UInt8(ascii: " ")
        else {
            return false
        }
        let isHarmless = text.utf8.allSatisfy {
            ($0 | 0x20) &- UInt8(ascii: "a") < 26 || $0 &- UInt8(ascii: "0") < 10 || " _-./()+".utf8.contains($0)
        }
        return isHarmless && !words.contains(text.lowercased())
    }
}
