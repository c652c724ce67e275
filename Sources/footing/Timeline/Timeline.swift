import Contracts
import Store

/// What is known of a task's way, built from its journal event by event; no I/O and no clock inside.
///
/// The task's own object (`GET /v1/tasks/{id}`) names the steps that are still to come; everything else is in the journal,
/// so a reader that starts at event 0, or comes back later, ends with the same timeline.
struct Timeline: Sendable {
    enum State: String, Sendable {
        case pending, running, held, done, failed, skipped, cancelled

        var isOver: Bool { self == .done || self == .failed || self == .skipped || self == .cancelled }
    }

    let id: String
    private(set) var title: String
    private(set) var steps: [Step]
    /// The state of the whole: pending until a worker takes it.
    private(set) var state = State.pending
    private(set) var began: Int64
    private(set) var ended: Int64?
    /// The newest event's number and moment.
    private(set) var number = 0
    private(set) var newest: Int64
    private(set) var files: [String] = []
    private(set) var problem: JSONValue?
    private(set) var callsMade = 0
    private(set) var callsRetried = 0

    init(task: JSONValue) {
        id = task.words("id") ?? ""
        title = task.words("title") ?? task.words("recipe") ?? "Task"
        steps = task.list("steps").map { step in
            let name = step.words("name") ?? ""
            return Step(name: name, title: step.words("title") ?? name)
        }
        began = task.moment("created")?.milliseconds ?? 0
        newest = began
    }

    /// Takes the event of that number; returns what a reader of lines should be told. An event seen before changes nothing.
    mutating func apply(_ event: JSONValue, number: Int) -> [Change] {
        guard number > self.number, let type = event["type"]?.stringValue else { return [] }
        self.number = number
        let at = event.moment("at")?.milliseconds ?? newest
        newest = max(newest, at)
        switch type {
        case "task.queued":
            began = at
            title = event.words("title") ?? title
            return [.queued]
        case "task.started":
            state = .running
            return [.started]
        case "task.resumed":
            state = .running
            return [.resumed(event.words("reason") ?? "a new worker took it over")]
        case "artifact.published":
            files.append(event.words("name") ?? "")
            return [.file(event.words("name") ?? "", event.int("size") ?? 0)]
        case "task.finished":
            return end(.done, at)
        case "task.failed":
            problem = event["problem"]
            return end(.failed, at)
        case "task.cancelled":
            return end(.cancelled, at)
        default:
            guard let name = event.words("step") else { return [] }
            return apply(type, event, to: index(of: name, event), at)
        }
    }

    private mutating func apply(_ type: String, _ event: JSONValue, to place: Int, _ at: Int64) -> [Change] {
        switch type {
        case "step.started":
            steps[place].title = event.words("title") ?? steps[place].title
            steps[place].state = .running
            steps[place].started = steps[place].started ?? at
            if let items = event.int("items") { steps[place].progress = (steps[place].progress?.done ?? 0, items) }
            return [.stepStarted(place)]
        case "item.started":
            start(item: event.int("index") ?? 0, event.words("label"), place, at)
            return []
        case "item.finished":
            return finish(item: event.int("index") ?? 0, place, at)
        case "step.progress":
            steps[place].progress = (event.int("done") ?? 0, event.int("total") ?? 0)
            steps[place].summary = event.words("text")
            return [.progress(place)]
        case "call.try":
            return add(try: event, place, at)
        case "step.skipped":
            (steps[place].state, steps[place].finished) = (.skipped, at)
            return [.stepEnded(place)]
        case "step.finished":
            (steps[place].state, steps[place].finished) = (.done, at)
            steps[place].summary = event.words("summary")
            return [.stepEnded(place)]
        case "step.failed":
            (steps[place].state, steps[place].finished) = (.failed, at)
            steps[place].problem = event["problem"]
            for item in steps[place].items.indices where steps[place].items[item].state == .running {
                let isGuilty = steps[place].items[item].index == event.int("index")
                (steps[place].items[item].state, steps[place].items[item].finished) = (
                    isGuilty ? .failed : .cancelled, at
                )
            }
            return [.stepEnded(place)]
        default:
            return []
        }
    }

    private mutating func end(_ state: State, _ at: Int64) -> [Change] {
        self.state = state
        ended = at
        for place in steps.indices where steps[place].state == .running {
            (steps[place].state, steps[place].finished) = (state, at)
        }
        return [.ended(state)]
    }

    private mutating func start(item index: Int, _ label: String?, _ place: Int, _ at: Int64) {
        let label = label ?? "item \(index + 1)"
        if let known = steps[place].items.firstIndex(where: { $0.index == index }) {
            steps[place].items[known].state = .running
        } else {
            steps[place].items.append(Item(index: index, label: label, started: at))
        }
    }

    private mutating func finish(item index: Int, _ place: Int, _ at: Int64) -> [Change] {
        guard let known = steps[place].items.firstIndex(where: { $0.index == index }) else { return [] }
        (steps[place].items[known].state, steps[place].items[known].finished) = (.done, at)
        let done = steps[place].items.count { $0.state == .done }
        let total = max(done, steps[place].progress?.total ?? 0)
        steps[place].progress = (done, total)
        return [.progress(place)]
    }

    private mutating func add(try event: JSONValue, _ place: Int, _ at: Int64) -> [Change] {
        let attempt = Try(
            end: at, spent: event.double("ms") ?? 0, held: event.double("held_ms") ?? 0,
            waited: event.double("waited_ms") ?? 0,
            status: event.int("status"),
            outcome: event["outcome"]?.stringValue ?? "ok", reason: event.words("reason"))
        var label: String?
        var before: Try?
        if let index = event.int("index") {
            start(item: index, event.words("label"), place, at)
            if let known = steps[place].items.firstIndex(where: { $0.index == index }) {
                before = steps[place].items[known].tries.last
                steps[place].items[known].tries.append(attempt)
                label = steps[place].items[known].label
            }
        } else {
            before = steps[place].tries.last
            steps[place].tries.append(attempt)
        }
        let isFollowUp = before?.isRetried ?? false
        if !isFollowUp { callsMade += 1 }
        if attempt.isRetried, !isFollowUp { callsRetried += 1 }
        return attempt.isOK ? [] : [.tryFailed(place, label, attempt)]
    }

    /// Steps come in the recipe's order; one the task's object did not name is added at the end.
    private mutating func index(of name: String, _ event: JSONValue) -> Int {
        if let known = steps.firstIndex(where: { $0.name == name }) { return known }
        steps.append(Step(name: name, title: event.words("title") ?? name))
        return steps.count - 1
    }
}
