/// Tells a timeline's changes line by line, for pipes and logs: time, bar, what happened.
struct TimelineLines {
    private static let barWidth = 12
    let terminal: Terminal
    /// Quarters of the steps with items that were told already.
    private var quarters: [Int: Int] = [:]

    init(terminal: Terminal) {
        self.terminal = terminal
    }

    mutating func lines(for changes: [Timeline.Change], _ timeline: Timeline) -> [String] {
        changes.compactMap { change in
            guard let (shape, text) = words(change, timeline) else { return nil }
            let time = Words.duration(Double(timeline.newest - timeline.began)).flushRight(9)
            return "\(terminal.note(time))  \(bar(timeline))  \(shape.text(on: terminal)) \(text)"
        }
    }

    private mutating func words(_ change: Timeline.Change, _ timeline: Timeline) -> (Shape, String)? {
        switch change {
        case .queued:
            return (.none, "\(timeline.title): queued")
        case .started:
            return (.run, "a worker took it")
        case .resumed(let reason):
            return (.slow, "goes on after an interruption: \(reason)")
        case .stepStarted(let place):
            let step = timeline.steps[place]
            let items = step.progress.map { ", \(Words.count($0.total, "item"))" } ?? ""
            return (.run, "\(step.title)\(items)")
        case .progress(let place):
            return progress(place, timeline)
        case .tryFailed(let place, let label, let attempt):
            let what = attempt.reason ?? attempt.status.map { "answered \($0)" } ?? "no answer"
            let status = attempt.status.map { what.contains("\($0)") ? "" : "\($0), " } ?? ""
            let after = attempt.isRetried ? "tries again" : "gave up"
            return (.slow, "\(timeline.steps[place].title)\(label.map { ", \($0)" } ?? ""): \(status)\(what), \(after)")
        case .stepEnded(let place):
            return ended(timeline.steps[place])
        case .file(let name, let size):
            return (.ok, "file \(name), \(Words.bytes(size))")
        case .ended(let state):
            return (TimelineView.shape(state, waits: false), "\(timeline.title): \(state.rawValue)")
        }
    }

    private mutating func progress(_ place: Int, _ timeline: Timeline) -> (Shape, String)? {
        let step = timeline.steps[place]
        guard let progress = step.progress, progress.total > 1 else { return nil }
        let quarter = progress.done * 4 / progress.total
        guard quarter > quarters[place, default: 0], progress.done < progress.total else { return nil }
        quarters[place] = quarter
        return (.run, step.words)
    }

    private func ended(_ step: Timeline.Step) -> (Shape, String) {
        let spent = step.started.flatMap { start in step.finished.map { Words.duration(Double($0 - start)) } } ?? ""
        switch step.state {
        case .skipped: return (.none, "\(step.title): not needed")
        case .failed:
            return (
                .fail, "\(step.title): \(step.problem?.words("detail") ?? step.problem?.words("title") ?? "failed")"
            )
        default:
            let note = step.note.map { ", \($0)" } ?? ""
            return (.ok, "\(step.title)  \(terminal.note(spent + note))")
        }
    }

    private func bar(_ timeline: Timeline) -> String {
        let filled = Int((timeline.fraction * Double(Self.barWidth)).rounded(.down))
        let done = String(repeating: terminal.isUTF8 ? "█" : "#", count: filled)
        let open = String(repeating: terminal.isUTF8 ? "·" : ".", count: Self.barWidth - filled)
        return terminal.paint(done, .run) + terminal.note(open)
    }
}
