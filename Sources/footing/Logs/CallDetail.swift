import Contracts

/// Everything about one call: what happened, every try, what the user read, what to do.
struct CallDetail {
    let terminal: Terminal

    func lines(_ call: JSONValue) -> [String] {
        let name = "\(call.words("provider") ?? "").\(call.words("operation") ?? "")"
        let outcome = call.words("outcome") ?? ""
        let shape = CallLine.shape(outcome).text(on: terminal)
        let indent = String(repeating: " ", count: Shape.width(on: terminal) + 1)
        let spent = Words.duration(call.double("ms") ?? 0)
        let provider = Words.duration(call.double("provider_ms") ?? 0)
        let footing = Words.duration(call.double("footing_ms") ?? 0)
        let waits = call.list("tries").reduce(0) { $0 + ($1.double("held_ms") ?? 0) + ($1.double("waited_ms") ?? 0) }
        let waited = Words.duration(waits)
        var lines = [
            "\(shape) \(terminal.sentence("\(name) \(Self.words(outcome))\(chain(call))"))",
            "\(indent)\(call.words("method") ?? "") \(call.words("path") ?? "")  \(call.int("status") ?? 0)  at \(call.words("at") ?? "")",
            "\(indent)\(spent) in all: \(provider) at the provider, \(footing) in Footing, \(waited) waited",
        ]
        for attempt in call.list("tries") { lines.append(indent + Self.words(attempt)) }
        if let problem = call["problem"], let title = problem.words("title") {
            lines += Failure.evidence(problem, title: title).map { indent + $0.printable }
        }
        if let log = call.words("log") { lines.append("\(indent)For the operator: \(log)") }
        if let advice = call.words("advice") ?? call["problem"].flatMap({ Failure.advice($0, call.int("status") ?? 0) })
        {
            lines.append("\(indent)What to do: \(advice.printable)")
        }
        let origin = [call.words("caller").map { "token \($0)" }, call.words("task").map { "task \($0)" }]
        let end = (origin + [call.words("request_id").map { "request \($0)" }]).compactMap { $0 }.joined(
            separator: ", ")
        return lines + [indent + terminal.note(end)]
    }

    /// `  (your app ─ Footing ─ [rents])` for a call that failed.
    private func chain(_ call: JSONValue) -> String {
        guard let who = call.words("who") else { return "" }
        let text = Failure.chain(["source": .string(who), "provider": call["provider"] ?? .null])
        return "  " + (terminal.isUTF8 ? text : String(text.map { $0 == "─" ? "-" : $0 }))
    }

    private static func words(_ outcome: String) -> String {
        switch outcome {
        case "answered": "was answered"
        case "retried": "was answered after a retry"
        default: outcome
        }
    }

    private static func words(_ attempt: JSONValue) -> String {
        let status = attempt.int("status").map(String.init) ?? "no answer"
        let held = attempt.double("held_ms") ?? 0
        let waited = attempt.double("waited_ms") ?? 0
        let before = held >= 1 ? ", held back \(Words.wait(held))" : ""
        let after = waited >= 1 ? "; then waited \(Words.wait(waited))" : ""
        let reason = attempt.words("reason").map { ": \($0)" } ?? ""
        return
            "try \(attempt.int("n") ?? 0)\(before): \(status) in \(Words.duration(attempt.double("ms") ?? 0))\(reason)\(after)"
    }
}
