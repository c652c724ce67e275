import Contracts
import Inventory
import Store

/// The timeline of a task's steps, built up event by event.
struct StepTimeline: Sendable {
    private var order: [String] = []
    private var steps: [String: StepRow] = [:]

    /// All steps of the recipe are pending at first.
    init(recipe: Recipe?) {
        for step in recipe?.steps ?? [] {
            order.append(step.name)
            steps[step.name] = StepRow(title: step.title, kind: step.kind.word)
        }
    }

    mutating func apply(_ event: JournalEvent) {
        switch event.type {
        case "task.resumed": change { $0.interrupted() }
        case "task.finished": break
        case "task.failed", "task.cancelled": change { $0.calledOff(at: event.at) }
        default:
            guard let name = event.fields["step"]?.stringValue else { return }
            if steps[name] == nil { order.append(name) }
            steps[name, default: StepRow(title: name, kind: "call")].apply(event)
        }
    }

    var json: JSONValue {
        .array(order.compactMap { name in steps[name]?.json(name: name) })
    }

    private mutating func change(_ body: (inout StepRow) -> Void) {
        for name in order {
            guard var row = steps[name] else { continue }
            body(&row)
            steps[name] = row
        }
    }
}
