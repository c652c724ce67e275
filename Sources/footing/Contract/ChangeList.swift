import Contracts

/// The changes between two versions as lines: equal ones of many operations told once.
enum ChangeList {
    private struct Key: Hashable {
        let severity: ContractChange.Severity
        let side: ContractChange.Side
        let pointer: String
        let message: String
    }

    private static let most = 200

    static func lines(_ changes: [ContractChange], on terminal: Terminal) -> [String] {
        guard !changes.isEmpty else { return [terminal.sentence("Nothing that anybody relies on differs.")] }
        let counts = ContractChange.Severity.allCases.reversed().map { severity in
            let count = changes.count { $0.severity == severity }
            return count == 0 ? nil : "\(Words.number(count)) \(severity.rawValue)"
        }
        var lines = [
            terminal.sentence("\(counts.compactMap { $0 }.joined(separator: ", ")): \(verdict(changes)).")
        ]
        var keys: [Key] = []
        var places: [Key: [String]] = [:]
        for change in changes {
            let key = Key(
                severity: change.severity, side: change.side, pointer: change.pointer, message: change.message)
            if places[key] == nil { keys.append(key) }
            places[key, default: []].append(change.place)
        }
        let indent = String(repeating: " ", count: Shape.width(on: terminal) + 1)
        for key in keys.prefix(most) {
            let found = places[key] ?? []
            let more = found.count > 1 ? " and \(Words.count(found.count - 1, "other place"))" : ""
            let place = [found[0] + more, key.pointer].filter { !$0.isEmpty }.joined(separator: "  ")
            lines.append(
                "\(shape(key.severity).text(on: terminal)) \((place.isEmpty ? "the payload" : place).printable)")
            lines += "\(key.side.rawValue): \(key.message)".printable.wrapped(terminal.width - indent.count).map {
                indent + $0
            }
        }
        if keys.count > most { lines.append("\(Words.number(keys.count - most)) more: --json gives all.") }
        return lines
    }

    private static func shape(_ severity: ContractChange.Severity) -> Shape {
        switch severity {
        case .breaking: .fail
        case .risky: .slow
        case .safe: .ok
        }
    }

    private static func verdict(_ changes: [ContractChange]) -> String {
        switch changes.map(\.severity).max() {
        case .breaking: "whoever relies on the old version must change"
        case .risky: "look through what is risky"
        default: "nobody is broken"
        }
    }
}
