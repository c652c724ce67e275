import Contracts

/// A collection's variables: `{{name}}` in its texts.
struct PostmanVariables {
    private static let rounds = 5

    private var values: [String: String] = [:]

    init(_ list: JSONValue?) {
        for variable in list?.arrayValue ?? [] {
            guard let name = variable["key"]?.stringValue ?? variable["id"]?.stringValue,
                let value = variable["value"]?.stringValue, !value.isEmpty
            else { continue }
            values[name] = value
        }
    }

    /// The text with known variables filled in; unknown ones stay.
    func filled(_ text: String) -> String {
        var text = text
        for _ in 0..<Self.rounds where text.contains("{{") && text.utf8.count < 1 << 20 {
            let before = text
            for (name, value) in values.sorted(by: { $0.key < $1.key }) {
                let mark = "{{\(name)}}"
                guard text.utf8.count + text.ranges(of: mark).count * value.utf8.count < 1 << 20 else { return text }
                text = text.replacing(mark, with: value)
            }
            if text == before { break }
        }
        return text
    }
}
