/// What a run of contract tests or of a pact verification found: every case with its verdict.
///
/// One report for all of them, so that CI, console and score read one form: `junit()` for CI servers, `json` for
/// programs (`schemas/proof.schema.json` states its form), the command line's table for people.
public struct ProofReport: Sendable, Hashable {
    /// What ran, as on the command line: `contract test`, `pact verify`.
    public let title: String
    /// When it began (RFC 3339).
    public let started: String
    /// Against which environment; nil where there is none.
    public let environment: String?
    /// In the order they ran; cases of one subject stand together.
    public let cases: [ProofCase]

    public init(title: String, started: String, environment: String? = nil, cases: [ProofCase]) {
        self.title = title
        self.started = started
        self.environment = environment
        self.cases = cases
    }

    /// A subject with its cases; the verdict is that of all of them together.
    public struct Subject: Sendable, Hashable {
        public let name: String
        public let cases: [ProofCase]
        public let verdict: ProofVerdict
    }

    /// The subjects in the order of their first case.
    public var subjects: [Subject] {
        var order: [String] = []
        var grouped: [String: [ProofCase]] = [:]
        for item in cases {
            if grouped[item.subject] == nil { order.append(item.subject) }
            grouped[item.subject, default: []].append(item)
        }
        return order.map { name in
            let cases = grouped[name] ?? []
            return Subject(name: name, cases: cases, verdict: .all(cases.map(\.verdict)))
        }
    }

    public var verdict: ProofVerdict { .all(cases.map(\.verdict)) }

    public func count(_ verdict: ProofVerdict) -> Int {
        cases.count { $0.verdict == verdict }
    }

    public func subjects(_ verdict: ProofVerdict) -> Int {
        subjects.count { $0.verdict == verdict }
    }

    /// Whether a command that made the report ends well: nothing failed and, when strict, nothing is unproven.
    public func isGood(strict: Bool) -> Bool {
        switch verdict {
        case .failed: false
        case .unproven: !strict
        case .passed, .skipped: true
        }
    }
}
