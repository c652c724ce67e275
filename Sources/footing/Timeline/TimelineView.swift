import Store

/// Draws a timeline as the lines of a terminal: the sentence, the bar, a lane a step, what it cost, what to do next.
struct TimelineView {
    let terminal: Terminal
    private static let nameWidth = 18
    private static let durationWidth = 9
    private static let noteWidth = 20
    private static let itemRows = 4

    /// - Parameter rows: lines that may be used at most; less telling ones are left out first.
    func block(_ timeline: Timeline, now: Int64, rows: Int = .max) -> [String] {
        let now = timeline.ended ?? max(now, timeline.newest)
        let head = [headline(timeline, now), bar(timeline), ""]
        let foot = ["", footer(timeline)]
        var steps = lanes(timeline, now, withItems: true)
        let room = rows - head.count - foot.count
        if steps.count > room { steps = lanes(timeline, now, withItems: false) }
        if steps.count > room {
            let first = min(max(0, (timeline.current ?? 0) - room / 2), max(0, steps.count - room))
            steps = Array(steps[first..<min(steps.count, first + max(1, room))])
        }
        return head + steps + foot
    }

    /// `Rent and commute for Alexanderplatz: step 4 of 9, Compute commutes        16.8 s`
    func headline(_ timeline: Timeline, _ now: Int64) -> String {
        let elapsed = Words.duration(Double(now - timeline.began))
        let room = terminal.width - elapsed.count - 3
        let text = "\(timeline.title): \(words(timeline))".shortened(room)
        return terminal.sentence(text) + String(repeating: " ", count: room - text.count + 3) + terminal.note(elapsed)
    }

    /// The bar and how far it is: `██████████████············  5 of 9 steps`.
    func bar(_ timeline: Timeline) -> String {
        let words = "\(timeline.stepsDone) of \(Words.count(timeline.steps.count, "step"))"
        let width = terminal.width - words.count - 2
        let filled = min(width, Int((timeline.fraction * Double(width)).rounded(.down)))
        let done = String(repeating: terminal.isUTF8 ? "█" : "#", count: filled)
        let open = String(repeating: terminal.isUTF8 ? "·" : ".", count: width - filled)
        let ink: Ink =
            switch timeline.state {
            case .failed, .cancelled: .fail
            case .done: .ok
            default: .run
            }
        return terminal.paint(done, ink) + terminal.note(open) + "  " + words
    }

    /// `31 calls, 2 retried      details: footing task show tk_01JD`
    private func footer(_ timeline: Timeline) -> String {
        var text = Words.count(timeline.callsMade, "call")
        if timeline.callsRetried > 0 { text += ", \(Words.number(timeline.callsRetried)) retried" }
        let verb = timeline.state == .done && !timeline.files.isEmpty ? "files" : "show"
        let details = "\(verb == "files" ? "files" : "details"): footing task \(verb) \(timeline.id)"
        let gap = max(4, terminal.width - text.count - details.count)
        return text + String(repeating: " ", count: gap) + terminal.note(details)
    }

    private func words(_ timeline: Timeline) -> String {
        switch timeline.state {
        case .pending: return "waits for a worker"
        case .done: return "done"
        case .failed: return "failed"
        case .cancelled: return "cancelled"
        default:
            guard let current = timeline.current else { return "begins" }
            return "step \(current + 1) of \(timeline.steps.count), \(timeline.steps[current].words)"
        }
    }

    private func lanes(_ timeline: Timeline, _ now: Int64, withItems: Bool) -> [String] {
        timeline.steps.flatMap { step in
            let items = withItems ? shown(step) : []
            return [row(step, timeline, now)] + items.map { row($0, timeline, now) }
        }
    }

    /// The items worth a line: those that failed or were retried, and those under way.
    private func shown(_ step: Timeline.Step) -> [Timeline.Item] {
        let troubled = step.items.filter { item in item.tries.contains { !$0.isOK } || item.state == .failed }
        let running = step.items.filter {
            $0.state == .running && step.state == .running && $0.tries.allSatisfy(\.isOK)
        }
        return Array((troubled.suffix(Self.itemRows) + running).suffix(Self.itemRows + 2))
    }

    private func row(_ step: Timeline.Step, _ timeline: Timeline, _ now: Int64) -> String {
        var lane = lane(timeline, now)
        if let started = step.started {
            if step.items.isEmpty {
                lane.draw(
                    tries: step.tries, from: started, to: step.finished, now: now, isFailed: step.state == .failed)
            } else {
                lane.bracket(from: started, to: step.finished ?? now)
                lane.expect(from: now, milliseconds: Self.rest(step, started, now))
            }
        }
        let spent = step.started.map { Double((step.finished ?? now) - $0) }
        return line(step.state, step.tries, step.name, lane, step.state == .skipped ? nil : spent, step.note)
    }

    private func row(_ item: Timeline.Item, _ timeline: Timeline, _ now: Int64) -> String {
        var lane = lane(timeline, now)
        lane.draw(tries: item.tries, from: item.started, to: item.finished, now: now, isFailed: item.state == .failed)
        let note = Timeline.Step.note(item.tries)
        return line(
            item.state, item.tries, "  " + item.label, lane, Double((item.finished ?? now) - item.started), note)
    }

    private func line(
        _ state: Timeline.State, _ tries: [Timeline.Try], _ name: String, _ lane: Lane, _ spent: Double?,
        _ note: String?
    ) -> String {
        let waits = state == .running && (tries.last?.isRetried ?? false)
        let shape = Self.shape(state, waits: waits).text(on: terminal)
        let time = (spent.map(Words.duration) ?? "").flushRight(Self.durationWidth)
        let told = note.map { "  " + $0.shortened(Self.noteWidth - 2) } ?? ""
        return "\(shape) \(name.padded(Self.nameWidth)) \(lane.text(on: terminal))\(time)\(terminal.note(told))"
    }

    private func lane(_ timeline: Timeline, _ now: Int64) -> Lane {
        let used = Shape.width(on: terminal) + 2 + Self.nameWidth + Self.durationWidth + Self.noteWidth
        let elapsed = Double(now - timeline.began)
        return Lane(
            width: terminal.width - used, origin: timeline.began,
            span: timeline.ended == nil ? Self.axis(elapsed) : max(elapsed, 1))
    }

    /// A round length a little longer than what has passed, so that lanes do not creep while they are watched.
    private static func axis(_ elapsed: Double) -> Double {
        let steps = [5.0, 10, 20, 30, 45, 60, 90, 120, 180, 300, 600, 900, 1800, 3600].map { $0 * 1000 }
        return steps.first { elapsed * 1.05 < $0 } ?? elapsed * 1.25
    }

    /// What a step with items will still take, by what its items took so far.
    private static func rest(_ step: Timeline.Step, _ started: Int64, _ now: Int64) -> Double {
        guard step.finished == nil, let progress = step.progress, progress.done > 0 else { return 0 }
        return Double(now - started) / Double(progress.done) * Double(progress.total - progress.done)
    }

    static func shape(_ state: Timeline.State, waits: Bool) -> Shape {
        switch state {
        case .pending, .skipped: .none
        case .running: waits ? .held : .run
        case .held: .held
        case .done: .ok
        case .failed, .cancelled: .fail
        }
    }
}
