import Contracts

/// Shows how far a long run of contract tests has come.
final class ProofProgress {
    private let total: Int
    private let line: ProgressLine
    private var done = 0
    private var cases = 0

    init(total: Int, on terminal: Terminal = .errors) {
        self.total = total
        line = ProgressLine(on: terminal)
    }

    /// A subject is done.
    func tell(_ subject: String, _ added: [ProofCase]) {
        done += 1
        cases += added.count
        line.show("\(done) of \(total)  \(subject), \(Words.count(cases, "case"))", isNew: true)
    }

    func end() { line.end() }
}
