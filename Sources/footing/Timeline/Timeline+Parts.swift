import Contracts

extension Timeline {
    /// One attempt of a call; times in milliseconds.
    struct Try: Sendable {
        /// When it ended.
        let end: Int64
        /// How long the provider took.
        let spent: Double
        /// How long it was held back before it was sent, by the provider's limits.
        let held: Double
        /// How long was waited after it, before the next one.
        let waited: Double
        let status: Int?
        let outcome: String
        let reason: String?

        var isOK: Bool { outcome == "ok" }
        /// Another try follows.
        var isRetried: Bool { outcome == "retried" }
    }

    /// One of the items of a step that does the same for each.
    struct Item: Sendable {
        let index: Int
        var label: String
        var state = State.running
        var started: Int64
        var finished: Int64?
        var tries: [Try] = []
    }

    struct Step: Sendable {
        let name: String
        var title: String
        var state = State.pending
        var started: Int64?
        var finished: Int64?
        var items: [Item] = []
        /// How far a step with items is.
        var progress: (done: Int, total: Int)?
        var tries: [Try] = []
        var summary: String?
        var problem: JSONValue?

        /// `Fetch rents: 12 of 26` while it is under way.
        var words: String {
            guard let progress, progress.total > 0, !state.isOver else { return title }
            return "\(title): \(progress.done) of \(progress.total)"
        }

        /// What there is to say of its setbacks: `429, waited 3 s`; nil if there was none.
        var note: String? {
            let troubled = items.filter { item in item.tries.contains { !$0.isOK } }
            if troubled.count > 1 { return "\(Words.number(troubled.count)) retried" }
            return Self.note(troubled.first?.tries ?? tries)
        }

        /// The setbacks of one call, and what was waited for it.
        static func note(_ tries: [Try]) -> String? {
            let bad = tries.filter { !$0.isOK }
            guard !bad.isEmpty else { return nil }
            var statuses: [String] = []
            for attempt in bad {
                let word = attempt.status.map(String.init) ?? "no answer"
                if !statuses.contains(word) { statuses.append(word) }
            }
            let waited = tries.reduce(0) { $0 + $1.waited }
            return statuses.joined(separator: " and ") + (waited >= 1 ? ", waited \(Words.wait(waited))" : "")
        }
    }

    /// Something a reader of lines should be told.
    enum Change: Sendable {
        case queued
        case started
        case resumed(String)
        case stepStarted(Int)
        case progress(Int)
        /// Step, label of the item, the try.
        case tryFailed(Int, String?, Try)
        case stepEnded(Int)
        /// Name, bytes.
        case file(String, Int)
        case ended(State)
    }

    /// The step that is under way, or the last one that was.
    var current: Int? {
        steps.firstIndex { $0.state == .running } ?? steps.lastIndex { $0.started != nil }
    }

    var stepsDone: Int { steps.count { $0.state.isOver } }

    /// How much of the work is done, 0 to 1; a step with items counts by its items.
    var fraction: Double {
        guard state != .done else { return 1 }
        guard !steps.isEmpty else { return 0 }
        let done = steps.reduce(0.0) { sum, step in
            if step.state.isOver { return sum + 1 }
            guard let progress = step.progress, progress.total > 0 else { return sum }
            return sum + min(1, Double(progress.done) / Double(progress.total))
        }
        return done / Double(steps.count)
    }
}
