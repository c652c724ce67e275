import Contracts
import Store

/// One item of a step in the timeline.
struct ItemRow: Sendable {
    var span = Span()
    private var label = ""
    private var tries = TryList()

    mutating func apply(_ event: JournalEvent) {
        label = event.fields["label"]?.stringValue ?? label
        switch event.type {
        case "item.started": span.start(event.at, held: false)
        case "item.finished": span.end(.done, event.at, event.fields["ms"])
        case "call.try":
            tries.add(event)
            span.hold(tries.waits)
        default: break
        }
    }

    /// The newest setback in a few words; nil if there was none.
    var note: String? { tries.note }

    func json(index: Int) -> JSONValue {
        var object: JSONObject = [
            "index": JSONValue(index), "label": .string(label), "state": .string(span.state.rawValue),
        ]
        span.write(to: &object)
        object["tries"] = tries.json
        return .object(object)
    }
}
