import Contracts

/// Shows how far a long run has come, on one line of the terminal that is taken away at the end.
final class ProofProgress {
    private let total: Int
    private let terminal: Terminal
    private var done = 0
    private var cases = 0

    init(total: Int, on terminal: Terminal = .errors) {
        self.total = total
        self.terminal = terminal
    }

    /// A subject is done.
    func tell(_ subject: String, _ added: [ProofCase]) {
        done += 1
        cases += added.count
        guard terminal.isTerminal else { return }
        let text = "\(done) of \(total)  \(subject.printable), \(Words.count(cases, "case"))"
        terminal.write("\r\u{1B}[K" + terminal.note(text.shortened(terminal.width - 1)))
    }

    func end() {
        if terminal.isTerminal { terminal.write("\r\u{1B}[K") }
    }
}
