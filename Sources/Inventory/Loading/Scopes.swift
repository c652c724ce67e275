/// The scopes that a token or browser session can have.
enum Scopes {
    static let expected = "a scope: call:PROVIDER.OPERATION, call:PROVIDER.*, call:*, task:RECIPE, task:* or admin"

    static func isValid(_ text: String) -> Bool {
        if text == "admin" { return true }
        if text.hasPrefix("task:") {
            let name = text.dropFirst(5)
            return name == "*" || Names.isName(name)
        }
        guard text.hasPrefix("call:") else { return false }
        let name = text.dropFirst(5)
        if name == "*" { return true }
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 2 && Names.isName(parts[0]) && (parts[1] == "*" || Names.isName(parts[1]))
    }
}
