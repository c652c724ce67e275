package import Contracts
package import Inventory

/// An operation's error map, compiled: its own rules, then its provider's; the first that fits an answer decides.
package struct ErrorMap: Sendable {
    private struct Entry: Sendable {
        let rule: ErrorRule
        /// Where the provider's code stands in the body.
        let place: JSONPointer
    }

    private let entries: [Entry]

    package init(_ rules: [ErrorRule]) {
        // A rule that says neither status nor code speaks for nothing.
        entries = rules.filter { $0.status != nil || $0.code != nil }
            .map { Entry(rule: $0, place: Self.pointer($0.field)) }
    }

    package var isEmpty: Bool { entries.isEmpty }

    /// The rule that speaks for an answer; what a rule names must all fit.
    ///
    /// - Parameter body: nil when it is no JSON, or was not read; then only rules without a code can fit.
    package func rule(status: Int, body: JSONValue?) -> ErrorRule? {
        entries.first { fits($0, status, body) }?.rule
    }

    /// Whether some rule for this status asks for the body.
    package func needsBody(status: Int) -> Bool {
        entries.contains { $0.rule.code != nil && ($0.rule.status ?? status) == status }
    }

    private func fits(_ entry: Entry, _ status: Int, _ body: JSONValue?) -> Bool {
        if let wanted = entry.rule.status, wanted != status { return false }
        guard let code = entry.rule.code else { return true }
        switch body?.value(at: entry.place) {
        case .string(let text): return text == code
        case .number(let number): return number.text == code
        default: return false
        }
    }

    /// Reads `$.error.code` and `$.errors[0].code`; between dots, any name may stand.
    private static func pointer(_ field: String) -> JSONPointer {
        let path = field.hasPrefix("$.") ? field.dropFirst(2) : field[...]
        return JSONPointer(
            tokens: path.split(separator: ".").flatMap { part in
                part.split(separator: "[").enumerated().map { number, piece in
                    String(piece.hasSuffix("]") && (number > 0 || part.hasPrefix("[")) ? piece.dropLast() : piece)
                }
            })
    }
}
