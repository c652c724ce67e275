import Contracts
import Imports

/// What an import did, or would do, for people and for programs.
struct ImportReport {
    let plan: ImportPlan
    let api: ImportedAPI
    let settings: ImportSettings
    let isDry: Bool

    /// Lines of one kind before the rest is only counted.
    private static let most = 12

    func lines(on terminal: Terminal) -> [String] {
        var lines = ["\(Shape.ok.text(on: terminal)) \(terminal.sentence(headline))"]
        let changes = plan.operations.filter { $0.kind != .same }
        if !changes.isEmpty {
            var table = Table("", "operation", "method and path", "risk", "what changed")
            for change in changes.prefix(40) {
                table.add(
                    change.kind == .added ? "+" : "~", change.name, change.origin, change.risk,
                    change.keys.joined(separator: ", "))
            }
            lines += table.lines(on: terminal)
            if changes.count > 40 { lines.append(terminal.note("and \(changes.count - 40) more; --json lists all")) }
        }
        let files = plan.files.filter { $0.path.hasPrefix("contracts/") }.count
        if files > 0 { lines.append("\(Words.count(files, "file")) below footing/contracts/") }
        lines += block("Yours stays, though the document says something new", disputes, terminal)
        lines += block("No longer in the document, left in the file", plan.gone, terminal)
        lines += block("Guessed, please look", grouped(.guess) + payments, terminal)
        lines += block("Not checked", grouped(.gap), terminal)
        return lines + ["Next: \(next)"]
    }

    private var headline: String {
        let added = plan.operations.count { $0.kind == .added }
        let changed = plan.operations.count { $0.kind == .changed }
        guard !plan.isEmpty else {
            return "\(settings.provider) is as the document says: \(Words.count(plan.operations.count, "operation"))."
        }
        var parts: [String] = []
        if added > 0 { parts.append("\(Words.count(added, "operation")) added") }
        if changed > 0 { parts.append("\(Words.count(changed, "operation")) changed") }
        if parts.isEmpty { parts.append("\(Words.count(plan.files.count, "file")) changed") }
        let left = api.leftOut > 0 ? "; \(Words.number(api.leftOut)) in the document left out" : ""
        return "\(settings.provider): \(parts.joined(separator: ", "))\(left)\(isDry ? ". Nothing is written." : ".")"
    }

    private var next: String {
        if isDry { return "the same without --dry-run" }
        let proposals = plan.files.contains { $0.path.hasPrefix("contracts/proposed/") }
        if proposals { return "look through footing/contracts/proposed/, then footing contract accept" }
        if let secret = plan.secret { return "footing secret set \(secret), then footing check" }
        return "footing check"
    }

    private var disputes: [String] {
        plan.disputes.map { "\($0.what): yours \($0.mine.shortened(60)), the document \($0.theirs.shortened(60))" }
    }

    private var payments: [String] {
        let names = plan.operations.filter { $0.kind == .added && $0.risk == "payment" }.map(\.name)
        guard !names.isEmpty else { return [] }
        return ["\(Words.count(names.count, "operation")) taken for payments by name: \(Self.some(names))"]
    }

    /// Notes with the same words are told once, with what they are about.
    private func grouped(_ kind: ImportNote.Kind) -> [String] {
        var subjects: [String: [String]] = [:]
        var order: [String] = []
        for note in plan.notes where note.kind == kind {
            if subjects[note.message] == nil { order.append(note.message) }
            if !(subjects[note.message]?.contains(note.subject) ?? false) {
                subjects[note.message, default: []].append(note.subject)
            }
        }
        return order.map { message in
            let named = (subjects[message] ?? []).filter { !$0.isEmpty }
            return named.isEmpty ? message : "\(message): \(Self.some(named))"
        }
    }

    private static func some(_ names: [String]) -> String {
        names.prefix(4).joined(separator: ", ") + (names.count > 4 ? " and \(names.count - 4) more" : "")
    }

    private func block(_ title: String, _ lines: [String], _ terminal: Terminal) -> [String] {
        guard !lines.isEmpty else { return [] }
        let shown = lines.prefix(Self.most).flatMap { line in
            line.printable.wrapped(terminal.width - 4).enumerated().map {
                ($0.offset == 0 ? "  " : "    ") + $0.element
            }
        }
        let rest = lines.count > Self.most ? ["  and \(lines.count - Self.most) more; --json lists all"] : []
        return ["\(title):"] + shown + rest
    }

    /// For programs.
    var json: JSONValue {
        let operations: [JSONValue] = plan.operations.map {
            [
                "name": .string($0.name), "origin": .string($0.origin), "change": .string($0.kind.rawValue),
                "risk": .string($0.risk), "keys": JSONValue($0.keys),
            ]
        }
        let notes: [JSONValue] = plan.notes.map {
            [
                "kind": .string($0.kind.rawValue), "operation": .string($0.subject), "pointer": .string($0.pointer),
                "message": .string($0.message),
            ]
        }
        let disputes: [JSONValue] = plan.disputes.map {
            ["what": .string($0.what), "yours": .string($0.mine), "document": .string($0.theirs)]
        }
        return [
            "provider": .string(settings.provider), "format": .string(api.format), "written": .bool(!isDry),
            "operations": .array(operations), "left_out": JSONValue(api.leftOut),
            "files": JSONValue(plan.files.map { "footing/\($0.path)" }), "kept": JSONValue(plan.kept),
            "disputed": .array(disputes), "gone": JSONValue(plan.gone), "notes": .array(notes),
            "secret": JSONValue(plan.secret),
        ]
    }
}
