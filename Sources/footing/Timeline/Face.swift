import Contracts

/// The three ways a timeline that grows is shown.
struct Face {
    private let terminal: Terminal
    private let wantsJSON: Bool
    private let after: Int
    private var lines: TimelineLines
    /// Lines of the block that stands on the terminal.
    private var drawn = 0

    init(terminal: Terminal, wantsJSON: Bool, after: Int) {
        self.terminal = terminal
        self.wantsJSON = wantsJSON
        self.after = after
        lines = TimelineLines(terminal: terminal)
    }

    /// A block that is drawn again in its place as time goes on.
    var isRedrawn: Bool { terminal.isTerminal && !wantsJSON }

    mutating func tell(_ changes: [Timeline.Change], _ event: JSONValue, _ number: Int, _ timeline: Timeline) {
        guard number > after, !isRedrawn else { return }
        terminal.lines(wantsJSON ? [event.text] : lines.lines(for: changes, timeline))
    }

    mutating func redraw(_ timeline: Timeline, now: Int64, isLost: Bool) {
        guard isRedrawn else { return }
        var block = TimelineView(terminal: terminal).block(timeline, now: now, rows: terminal.height - 2)
        if isLost {
            block[block.count - 1] = terminal.paint("Footing does not answer. The task goes on when it is back.", .warn)
        }
        draw(block)
    }

    mutating func say(lost address: String) {
        guard !isRedrawn, !wantsJSON else { return }
        terminal.line("\(Shape.held.text(on: terminal)) Footing does not answer at \(address); waiting for it")
    }

    mutating func finish(_ timeline: Timeline) {
        guard !wantsJSON else { return }
        let block = TimelineView(terminal: terminal).block(
            timeline, now: timeline.newest, rows: isRedrawn ? terminal.height - 2 : .max)
        if isRedrawn { draw(block) } else { terminal.lines([""] + block) }
        guard timeline.state == .failed, let problem = timeline.problem else { return }
        let title = problem.words("title") ?? "The task failed"
        let status = problem.int("status") ?? 500
        let failure = Failure(
            .failed, "\(timeline.title) failed  \(Failure.chain(problem))",
            evidence: Failure.evidence(problem, title: title),
            advice: Failure.advice(problem, status), requestID: problem.words("request_id"))
        terminal.lines([""] + failure.lines(on: terminal))
    }

    private mutating func draw(_ block: [String]) {
        var text = drawn > 0 ? "\u{1B}[\(drawn)A\r" : ""
        for line in block { text += line + "\u{1B}[K\n" }
        terminal.write(text + "\u{1B}[J")
        drawn = block.count
    }
}
