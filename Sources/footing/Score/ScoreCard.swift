import Contracts

/// The eight checks as lines: blocks, sentence, a row each, the next step.
struct ScoreCard {
    let terminal: Terminal

    func lines(_ score: JSONValue) -> [String] {
        let checks = score.list("checks")
        var lines = ["\(blocks(checks))  \(terminal.sentence(score.words("sentence") ?? ""))", ""]
        let nameWidth = checks.map { ($0.words("name") ?? "").count }.max() ?? 0
        let indent = String(repeating: " ", count: Shape.width(on: terminal) + 3)
        for check in checks {
            let verdict = check.words("verdict") ?? ""
            let name = (check.words("name") ?? "").padded(nameWidth)
            let row = "\(Self.shape(verdict).text(on: terminal)) \(check.int("n") ?? 0) \(name)"
            lines.append("\(row)  \(terminal.note(Self.words(verdict)))")
            for evidence in check.list("evidence") {
                let count = evidence.int("count").map { Words.number($0) + " " } ?? ""
                let text = "\(count)\(evidence.words("text") ?? "")"
                lines += text.wrapped(terminal.width - indent.count).map { indent + $0 }
            }
        }
        if let next = checks.lazy.compactMap({ $0["next"] }).first(where: { !$0.isNull }) {
            lines += ["", "Next: \(next.words("text") ?? ""): \(next.words("command") ?? "")"]
        }
        return lines
    }

    private func blocks(_ checks: [JSONValue]) -> String {
        checks.map { check in
            switch check.words("verdict") {
            case "proven": terminal.paint(terminal.isUTF8 ? "█" : "#", .ok)
            case "not_proven": terminal.paint(terminal.isUTF8 ? "▒" : "x", .fail)
            default: terminal.note(terminal.isUTF8 ? "░" : ".")
            }
        }.joined(separator: terminal.isUTF8 ? " " : "")
    }

    private static func shape(_ verdict: String) -> Shape {
        switch verdict {
        case "proven": .ok
        case "not_proven": .fail
        default: .none
        }
    }

    private static func words(_ verdict: String) -> String {
        switch verdict {
        case "proven": "proven"
        case "not_proven": "not proven"
        default: "not yet measured"
        }
    }
}
