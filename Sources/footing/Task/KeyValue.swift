import Contracts

/// Reads `key=value` of the command line.
enum KeyValue {
    /// The halves around the first `=`; the second is empty where there is none.
    static func split(_ text: String) -> (key: String, value: String) {
        guard let sign = text.firstIndex(of: "=") else { return (text, "") }
        return (String(text[..<sign]), String(text[text.index(after: sign)...]))
    }

    /// JSON where the text is JSON (`1200`, `true`, `"1200"`, `{"a": 1}`), else the text itself.
    static func json(_ text: String) -> JSONValue {
        (try? JSONValue.parse(text)) ?? .string(text)
    }

    /// An object of texts; nil when there is no pair.
    static func texts(_ pairs: [String]) -> JSONValue? {
        guard !pairs.isEmpty else { return nil }
        return .object(JSONObject(pairs.map(split).map { ($0.key, JSONValue.string($0.value)) }))
    }
}
