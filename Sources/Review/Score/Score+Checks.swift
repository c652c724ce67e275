import Inventory
import Store

extension Score {
    func keys() -> ScoreCheck {
        ScoreCheck(
            number: 1, name: "No key outside the store",
            question: "Is every vendor key out of the code, the history and the browser?", verdict: .notMeasured,
            evidence: [.init("The repository has not been scanned yet.")],
            next: ("Keep every key in the secret store", "footing secret ls"))
    }

    func longWork(_ evidence: Evidence) -> ScoreCheck {
        let slow = evidence.project.providers.flatMap { provider in
            provider.operations.filter { $0.latency == .slow }.map { "\(provider.name).\($0.name)" }
        }
        let slowNames = Set(slow)
        let isSlow = { (key: TallyKey) in slowNames.contains("\(key.provider).\(key.operation)") }
        let all = evidence.week.count()
        let uses = evidence.week.count(where: isSlow)
        let overdue = evidence.week.long { !isSlow($0) && $0.outcome == .answered }
        let verdict: ScoreCheck.Verdict = all == 0 ? .notMeasured : overdue == 0 ? .proven : .notProven
        var found: [ScoreCheck.Evidence] = [
            .init(
                slow.isEmpty
                    ? "No operation is declared slow."
                    : "uses of \(slow.joined(separator: ", ")) ran as tasks, never on a request.",
                one: "use of \(slow.joined(separator: ", ")) ran as a task, never on a request.",
                count: slow.isEmpty ? nil : uses, link: "/console/tasks"),
            .init(
                "calls of fast operations ended within five seconds.",
                one: "call of a fast operation ended within five seconds.", count: all - uses - overdue,
                link: "/console/calls"),
        ]
        if overdue > 0 {
            found.append(
                .init(
                    "calls of fast operations took longer than five seconds.",
                    one: "call of a fast operation took longer than five seconds.", count: overdue))
        }
        return ScoreCheck(
            number: 2, name: "Long work off the request", question: "Does anything over five seconds hold a browser?",
            verdict: verdict, evidence: found,
            next: verdict == .proven
                ? nil : ("Declare operations that take long as `latency: slow`", "footing check"))
    }

    func answersChecked(_ evidence: Evidence) -> ScoreCheck {
        let operations = evidence.project.providers.flatMap { provider in provider.operations.map { (provider, $0) } }
        let covered = operations.filter { $0.1.response != nil }
        let missing = operations.filter { $0.1.response == nil }.map { "\($0.0.name).\($0.1.name)" }
        let all = evidence.week.count()
        let undeclared = evidence.week.count { $0.operation == "undeclared" }
        let isWhole = missing.isEmpty && undeclared == 0 && !operations.isEmpty
        let verdict: ScoreCheck.Verdict = all == 0 ? .notMeasured : isWhole ? .proven : .notProven
        var found: [ScoreCheck.Evidence] = [
            .init(
                "of \(operations.count) operations have a contract for their answer.", count: covered.count,
                link: "/console/providers"),
            .init(
                "answers checked in the last seven days.", one: "answer checked in the last seven days.", count: all,
                link: "/console/calls"),
            .init(
                "shapes of drift seen.", one: "shape of drift seen.", count: evidence.drift.count,
                link: "/console/drift"),
        ]
        if !missing.isEmpty { found.append(.init("Without a contract: \(missing.joined(separator: ", "))")) }
        if undeclared > 0 {
            found.append(
                .init(
                    "calls to operations that are not in the inventory.",
                    one: "call to an operation that is not in the inventory.", count: undeclared))
        }
        return ScoreCheck(
            number: 3, name: "Answers checked", question: "Is every vendor answer checked before it is used?",
            verdict: verdict,
            evidence: found,
            next: verdict == .proven ? nil : ("Give every operation a `response` contract", "footing check"))
    }

    func retries(_ evidence: Evidence) -> ScoreCheck {
        let survived = evidence.week.count { $0.outcome == .retried }
        let unknown = evidence.unknownWrites
        let verdict: ScoreCheck.Verdict = unknown > 0 ? .notProven : survived > 0 ? .proven : .notMeasured
        return ScoreCheck(
            number: 4, name: "Retries with backoff", question: "Do calls survive a short failure, and never pay twice?",
            verdict: verdict,
            evidence: [
                .init(
                    "calls failed at first and were answered on a later try.",
                    one: "call failed at first and was answered on a later try.", count: survived,
                    link: "/console/calls?outcome=retried"),
                .init("writes whose outcome nobody knows.", one: "write whose outcome nobody knows.", count: unknown),
            ],
            next: verdict == .proven
                ? nil
                : unknown > 0
                    ? ("Look the unknown writes up at their provider", "footing calls unknown")
                    : ("Make calls until a provider hiccups once", "footing logs --outcome retried"))
    }

    func logLines(_ evidence: Evidence) -> ScoreCheck {
        let calls = evidence.week.count()
        return ScoreCheck(
            number: 5, name: "A log line per call", question: "Can you say which vendor failed, when, for whom?",
            verdict: calls == 0 ? .notMeasured : .proven,
            evidence: [
                .init(
                    "calls counted by provider, operation and who failed; all that a provider failed, retries and writes have a line.",
                    one: "call counted by provider, operation and who failed.",
                    count: calls,
                    link: "/console/calls")
            ],
            next: calls == 0 ? ("Make a first call", "footing call --help") : nil)
    }

    func errorsReadable(_ evidence: Evidence) -> ScoreCheck {
        let told = evidence.week.count { $0.outcome == .failed && $0.who != "footing" }
        let unworded = evidence.project.providers.filter(\.errors.isEmpty).map(\.title)
        let verdict: ScoreCheck.Verdict =
            evidence.week.count() == 0 ? .notMeasured : unworded.isEmpty ? .proven : .notProven
        var found: [ScoreCheck.Evidence] = [
            .init(
                "failed calls were answered with a plain sentence, none with a vendor's own text.",
                one: "failed call was answered with a plain sentence, not with a vendor's own text.",
                count: told,
                link: "/console/calls?outcome=failed"),
            .init(
                "of \(evidence.project.providers.count) providers have an error map.",
                count: evidence.project.providers.count - unworded.count, link: "/console/providers"),
        ]
        if !unworded.isEmpty { found.append(.init("Without an error map: \(unworded.joined(separator: ", "))")) }
        return ScoreCheck(
            number: 7, name: "Errors a user may read",
            question: "Does your user see a plain sentence instead of a vendor text?",
            verdict: verdict, evidence: found,
            next: verdict == .proven ? nil : ("Write an `errors` map for each provider", "footing check"))
    }

    func rateLimits(_ evidence: Evidence) -> ScoreCheck {
        let limited = { (name: String) in evidence.week.limited { $0.provider == name } }
        let met = evidence.project.providers.filter { limited($0.name) > 0 }
        let unmet = evidence.project.providers.filter { limited($0.name) == 0 }
        let refused = evidence.week.limited { $0.outcome == .failed }
        let verdict: ScoreCheck.Verdict =
            met.isEmpty ? .notMeasured : unmet.isEmpty && refused == 0 ? .proven : .notProven
        var found = met.map {
            ScoreCheck.Evidence(
                "calls met the limit of \($0.title) and were paced.",
                one: "call met the limit of \($0.title) and was paced.", count: limited($0.name),
                link: "/console/calls?provider=\($0.name)")
        }
        if !unmet.isEmpty { found.append(.init("Never met a limit: \(unmet.map(\.title).joined(separator: ", ")).")) }
        return ScoreCheck(
            number: 8, name: "Rate limits tried out",
            question: "What happens when a vendor says \u{201C}slow down\u{201D}?",
            verdict: verdict, evidence: found,
            next: verdict == .proven
                ? nil : ("Meet the limit of each provider once, in its sandbox", "footing call --help"))
    }
}
