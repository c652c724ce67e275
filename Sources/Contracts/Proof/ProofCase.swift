/// One thing that was tried, and how it came out.
public struct ProofCase: Sendable, Hashable {
    /// What the case is about: `provider.operation`, or the parties of a pact.
    public let subject: String
    /// What sort of case it is, in one or two words: `declared example`, `boundary`, `rate limit`, `interaction`.
    public let kind: String
    /// Which one of its kind; subject, kind and name together are unique in a report and the same in every run.
    public let name: String
    public let verdict: ProofVerdict
    /// A sentence: why it failed, is unproven or was skipped; empty when it passed and there is nothing to add.
    public let words: String
    /// Everything that was wrong, a sentence each. No secret and no text of a payload is in it.
    public let faults: [String]
    public let duration: Duration

    public init(
        subject: String, kind: String, name: String, verdict: ProofVerdict, words: String = "",
        faults: [String] = [], duration: Duration = .zero
    ) {
        self.subject = subject
        self.kind = kind
        self.name = name
        self.verdict = verdict
        self.words = words
        self.faults = faults
        self.duration = duration
    }

    /// Passed when there is no fault; otherwise failed, with the first fault as its words.
    public init(subject: String, kind: String, name: String, faults: [String], duration: Duration = .zero) {
        self.init(
            subject: subject, kind: kind, name: name, verdict: faults.isEmpty ? .passed : .failed,
            words: faults.first ?? "", faults: faults, duration: duration)
    }

    var milliseconds: Double {
        Double(duration.components.seconds) * 1000 + Double(duration.components.attoseconds) / 1e15
    }
}
