/// A simple path into an answer: `$.area.name`, `$.items[0].id`, `$["odd name"]`; `$` is the answer itself.
struct ModelPath: Sendable, Hashable {
    private let path: JQPath

    /// Nil when the text is no such path.
    init?(_ text: String) {
        guard text.hasPrefix("$") else { return nil }
        let rest = text.dropFirst()
        guard let path = JQPath(rest.hasPrefix(".") ? String(rest) : "." + rest) else { return nil }
        guard rest != "." else { return nil }
        self.path = path
    }

    /// Nil when the path leads nowhere, whatever kind of value is in its way.
    func value(in answer: JSONValue) -> JSONValue? {
        try? path.run(answer)
    }
}
