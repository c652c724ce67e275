import Contracts
import Store

/// One step of the timeline.
struct StepRow: Sendable {
    private var title: String
    private var kind: String
    private var span = Span()
    private var total: Int?
    private var done = 0
    private var children: [Int: ItemRow] = [:]
    private var tries = TryList()
    /// The item whose call was tried last.
    private var newest: Int?
    private var problem: JSONValue?

    init(title: String, kind: String) {
        self.title = title
        self.kind = kind
    }

    mutating func apply(_ event: JournalEvent) {
        let fields = event.fields
        switch event.type {
        case "step.started":
            title = fields["title"]?.stringValue ?? title
            kind = fields["kind"]?.stringValue ?? kind
            total = fields["items"]?.intValue
            span.start(event.at, held: kind == "wait")
        case "step.progress":
            done = fields["done"]?.intValue ?? done
            total = fields["total"]?.intValue ?? total
        case "step.skipped": span.end(.skipped, event.at, nil)
        case "step.finished":
            done = total ?? done
            span.end(.done, event.at, fields["ms"])
        case "step.failed":
            problem = fields["problem"]
            span.end(.failed, event.at, nil)
            if let index = fields["index"]?.intValue { children[index]?.span.end(.failed, event.at, nil) }
            for index in children.keys { children[index]?.span.callOff(event.at) }
        case "item.started", "item.finished", "call.try": applyToItem(event)
        default: break
        }
    }

    private mutating func applyToItem(_ event: JournalEvent) {
        let attempt = event.type == "call.try" ? event : nil
        if let index = event.fields["index"]?.intValue {
            children[index, default: ItemRow()].apply(event)
            if attempt != nil { newest = index }
        } else if let attempt {
            tries.add(attempt)
            span.hold(tries.waits)
        }
    }

    /// The worker is gone: what ran will be begun again.
    mutating func interrupted() {
        if kind != "wait" { span.interrupt() }
        for index in children.keys { children[index]?.span.interrupt() }
    }

    /// The task has ended without this.
    mutating func calledOff(at moment: Timestamp) {
        span.callOff(moment)
        for index in children.keys { children[index]?.span.callOff(moment) }
    }

    func json(name: String) -> JSONValue {
        var object: JSONObject = [
            "name": .string(name), "title": .string(title), "kind": .string(kind),
            "state": .string(span.state.rawValue),
        ]
        span.write(to: &object)
        object["items"] = total.map { ["done": JSONValue(done), "total": JSONValue($0)] } ?? .null
        object["children"] =
            total == nil
            ? .null : .array(children.sorted { $0.key < $1.key }.map { $0.value.json(index: $0.key) })
        object["tries"] = tries.json
        object["note"] = JSONValue(tries.note ?? newest.flatMap { children[$0]?.note })
        object["problem"] = problem ?? .null
        return .object(object)
    }
}
