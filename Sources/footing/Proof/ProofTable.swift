import Contracts

/// Shows a report to a person: a line for each subject, then everything that is not as it should be.
struct ProofTable {
    let report: ProofReport
    /// Whether what is unproven fails the command.
    var strict = false

    func lines(on terminal: Terminal) -> [String] {
        let subjects = report.subjects
        let names = subjects.map(\.name.printable)
        let width = min(40, names.map(\.count).max() ?? 0)
        var lines: [String] = []
        for (subject, name) in zip(subjects, names) {
            lines.append("\(shape(subject.verdict).text(on: terminal)) \(name.padded(width))  \(counts(subject.cases))")
            lines += details(of: subject, on: terminal)
        }
        if !lines.isEmpty { lines.append("") }
        return lines + [shape(report.verdict).text(on: terminal) + " " + terminal.sentence(sentence)]
    }

    /// What the report says in one sentence.
    var sentence: String {
        guard !report.cases.isEmpty else { return "Nothing was tried." }
        let subjects = report.subjects
        let total = subjects.count
        let parts = [ProofVerdict.failed, .unproven, .skipped].compactMap { verdict -> String? in
            let count = report.subjects(verdict)
            return count == 0 ? nil : "\(count) \(verdict.rawValue)"
        }
        let passed = "\(report.subjects(.passed)) of \(total) proven"
        return ([passed] + parts).joined(separator: ", ") + " (\(Words.count(report.cases.count, "case")))."
    }

    /// What a command that made the report throws, so that its exit status tells; nil when all is well.
    var failure: Failure? {
        report.isGood(strict: strict) ? nil : .said(.failed)
    }

    private func details(of subject: ProofReport.Subject, on terminal: Terminal) -> [String] {
        let indent = String(repeating: " ", count: Shape.width(on: terminal) + 1)
        return subject.cases.filter { $0.verdict != .passed }.flatMap { item -> [String] in
            let head = "\(item.verdict.rawValue): \(item.kind), \(item.name)".printable
            let faults = item.faults.isEmpty ? [item.words] : Array(item.faults.prefix(5))
            let more = item.faults.count > 5 ? ["and \(item.faults.count - 5) more"] : []
            let words = (faults + more).filter { !$0.isEmpty }.flatMap { fault in
                fault.printable.wrapped(terminal.width - indent.count - 2).map { indent + "  " + terminal.note($0) }
            }
            return [(indent + head).shortened(terminal.width)] + words
        }
    }

    private func counts(_ cases: [ProofCase]) -> String {
        let parts = [ProofVerdict.passed, .failed, .unproven, .skipped].compactMap { verdict -> String? in
            let count = cases.count { $0.verdict == verdict }
            return count == 0 ? nil : "\(count) \(verdict.rawValue)"
        }
        return parts.joined(separator: ", ")
    }

    private func shape(_ verdict: ProofVerdict) -> Shape {
        switch verdict {
        case .passed: .ok
        case .failed: .fail
        case .unproven: .slow
        case .skipped: .none
        }
    }
}
