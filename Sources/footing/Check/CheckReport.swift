import Contracts
import Inventory

/// What a check came to: the sentence, the findings, the next command.
struct CheckReport {
    let project: Project?
    let findings: [Finding]

    var errors: Int { findings.count { $0.severity == .error } }
    private var warnings: Int { findings.count - errors }

    func lines(on terminal: Terminal) -> [String] {
        let shape: Shape = errors > 0 ? .fail : warnings > 0 ? .slow : .ok
        let head = "\(shape.text(on: terminal)) \(terminal.sentence(sentence))"
        let found = findings.map { Self.line($0, on: terminal) }
        return [head] + (found.isEmpty ? [] : [""] + found + [""]) + [next]
    }

    var json: JSONValue {
        var object: JSONObject = [
            "ok": .bool(errors == 0), "errors": JSONValue(errors), "warnings": JSONValue(warnings),
            "project": JSONValue(project?.name), "environment": JSONValue(project?.environment.rawValue),
            "providers": JSONValue(project?.providers.count), "recipes": JSONValue(project?.recipes.count),
        ]
        object["findings"] = .array(findings.map(Self.json))
        return .object(object)
    }

    /// `footing/providers/rents.yaml:12:5: error: ...`, as compilers write it, so that editors find the place.
    static func line(_ finding: Finding, on terminal: Terminal) -> String {
        let word = terminal.paint(finding.severity.rawValue, finding.severity == .error ? .fail : .warn)
        var text = "\(finding.file):\(finding.line):\(finding.column): ".printable
        text += "\(word): \(terminal.sentence(finding.message.printable))"
        if let expected = finding.expected { text += "; expected \(expected.printable)" }
        if let suggestion = finding.suggestion { text += "; did you mean \"\(suggestion.printable)\"?" }
        return text
    }

    private var sentence: String {
        guard let project else {
            return "The project cannot be served: \(Words.count(errors, "error"))\(warningWords)."
        }
        let operations = project.providers.reduce(0) { $0 + $1.operations.count }
        let size =
            "\(Words.count(project.providers.count, "provider")), \(Words.count(operations, "operation")), "
            + Words.count(project.recipes.count, "recipe")
        let verdict =
            errors > 0
            ? "\(Words.count(errors, "error"))\(warningWords)" : warnings > 0 ? "no error\(warningWords)" : "all good"
        return "\(project.name), \(project.environment.rawValue): \(size); \(verdict)."
    }

    private var warningWords: String { warnings > 0 ? ", \(Words.count(warnings, "warning"))" : "" }

    private var next: String {
        if errors > 0 { return "Next: correct these places, then footing check" }
        let missing = findings.first { $0.path.hasPrefix("/secrets/") && $0.severity == .warning }
        if let missing { return "Next: footing secret set \(missing.path.dropFirst("/secrets/".count))" }
        return "Next: footing serve"
    }

    private static func json(_ finding: Finding) -> JSONValue {
        [
            "severity": .string(finding.severity.rawValue), "file": .string(finding.file),
            "line": JSONValue(finding.line),
            "column": JSONValue(finding.column), "path": .string(finding.path), "message": .string(finding.message),
            "expected": JSONValue(finding.expected), "suggestion": JSONValue(finding.suggestion),
        ]
    }
}
