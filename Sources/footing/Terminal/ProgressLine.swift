/// How far something long has come, on one line of the terminal that is taken away at the end; nothing in a pipe.
final class ProgressLine {
    private static let pause = Duration.milliseconds(80)

    private let terminal: Terminal
    private var shown: ContinuousClock.Instant?

    init(on terminal: Terminal = .errors) {
        self.terminal = terminal
    }

    /// - Parameter isNew: shown at once; else no more often than one can read.
    func show(_ text: String, isNew: Bool = false) {
        guard terminal.isTerminal else { return }
        let now = ContinuousClock.now
        if !isNew, let shown, now - shown < Self.pause { return }
        shown = now
        terminal.write("\r\u{1B}[K" + terminal.note(text.printable.shortened(terminal.width - 1)))
    }

    func end() {
        if terminal.isTerminal { terminal.write("\r\u{1B}[K") }
    }
}
