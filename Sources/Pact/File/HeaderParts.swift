import Inventory

/// A field's value with its parameters: `text/plain; charset=utf-8`.
struct HeaderParts {
    let value: String
    /// Values as written, with their quotes.
    let parameters: [String: String]

    init(_ text: String) {
        var parts: [String] = []
        var part = ""
        var isQuoted = false
        for character in text {
            if character == "\"" { isQuoted.toggle() }
            if character == ";", !isQuoted {
                parts.append(part)
                part = ""
            } else {
                part.append(character)
            }
        }
        parts.append(part)
        value = parts[0].trimmed
        var parameters: [String: String] = [:]
        for part in parts.dropFirst() {
            guard let equals = part.firstIndex(of: "=") else { continue }
            let name = String(part[..<equals]).trimmed.lowercased()
            parameters[name] = String(part[part.index(after: equals)...]).trimmed
        }
        self.parameters = parameters
    }
}
