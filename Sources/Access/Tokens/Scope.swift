/// One thing a token allows: `admin`, `call:PROVIDER.OPERATION`, `call:PROVIDER.*`, `call:*`, `task:RECIPE` or `task:*`.
package enum Scope: Sendable, Hashable {
    /// Everything.
    case admin
    /// Calls of every operation, of one provider's, or of one operation.
    case calls
    case provider(String)
    case operation(provider: String, name: String)
    /// Creating tasks, and seeing and cancelling one's own: of every recipe or of one.
    case tasks
    case recipe(String)

    /// Throws `.scopeInvalid` with the forms that would be understood.
    package init(parsing text: String) throws(AccessError) {
        guard let scope = Scope.parse(text) else {
            let shown = String(decoding: text.utf8.prefix(80), as: UTF8.self)
            throw AccessError(
                .scopeInvalid,
                "The scope \"\(shown)\" is not understood: write call:rents.search, call:rents.*, call:*, "
                    + "task:commute-report, task:* or admin.")
        }
        self = scope
    }

    private static func parse(_ text: String) -> Scope? {
        if text == "admin" { return .admin }
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else { return nil }
        switch (parts[0], parts[1]) {
        case ("call", "*"): return .calls
        case ("task", "*"): return .tasks
        case ("task", let recipe): return Names.isName(recipe) ? .recipe(String(recipe)) : nil
        case ("call", let target):
            let names = target.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
            guard names.count == 2, Names.isName(names[0]) else { return nil }
            if names[1] == "*" { return .provider(String(names[0])) }
            guard Names.isName(names[1]) else { return nil }
            return .operation(provider: String(names[0]), name: String(names[1]))
        default: return nil
        }
    }

    /// Whether whoever has this scope may do all that the other one allows.
    package func covers(_ other: Scope) -> Bool {
        switch (self, other) {
        case (.admin, _): true
        case (.calls, .calls), (.calls, .provider), (.calls, .operation): true
        case (.provider(let mine), .provider(let theirs)): mine == theirs
        case (.provider(let mine), .operation(let theirs, _)): mine == theirs
        case (.tasks, .tasks), (.tasks, .recipe): true
        default: self == other
        }
    }
}

extension Scope: CustomStringConvertible {
    package var description: String {
        switch self {
        case .admin: "admin"
        case .calls: "call:*"
        case .provider(let name): "call:\(name).*"
        case .operation(let provider, let name): "call:\(provider).\(name)"
        case .tasks: "task:*"
        case .recipe(let name): "task:\(name)"
        }
    }
}
