import Contracts
import Inventory
import Store

/// The journal events of a run, in one place; their list is in the API reference.
enum RunEvents {
    static func started(attempt: Int, worker: String) -> NewEvent {
        NewEvent("task.started", ["attempt": JSONValue(attempt), "worker": .string(worker)])
    }

    static func resumed(attempt: Int, reason: String) -> NewEvent {
        NewEvent("task.resumed", ["attempt": JSONValue(attempt), "reason": .string(reason)])
    }

    static func finished(result: JSONValue, ms: Double) -> NewEvent {
        NewEvent("task.finished", ["result": result, "ms": milliseconds(ms)])
    }

    static func failed(_ problem: JSONValue) -> NewEvent {
        NewEvent("task.failed", ["problem": problem])
    }

    static func cancelled(by: String) -> NewEvent {
        NewEvent("task.cancelled", ["by": .string(by)])
    }

    static func stepStarted(_ step: RecipeStep, items: Int?) -> NewEvent {
        var fields: JSONObject = [
            "step": .string(step.name), "title": .string(step.title), "kind": .string(step.kind.word),
        ]
        if let items { fields["items"] = JSONValue(items) }
        return NewEvent("step.started", fields)
    }

    static func stepSkipped(_ step: RecipeStep) -> NewEvent {
        NewEvent("step.skipped", ["step": .string(step.name)])
    }

    static func stepFinished(_ step: RecipeStep, ms: Double, summary: String) -> NewEvent {
        NewEvent(
            "step.finished", ["step": .string(step.name), "ms": milliseconds(ms), "summary": .string(summary)])
    }

    /// `item` is the item that failed, if the step has items.
    static func stepFailed(_ step: RecipeStep, _ problem: JSONValue, item: (index: Int, label: String)?) -> NewEvent {
        var fields: JSONObject = ["step": .string(step.name), "problem": problem]
        if let item {
            fields["index"] = JSONValue(item.index)
            fields["label"] = .string(item.label)
        }
        return NewEvent("step.failed", fields)
    }

    static func stepProgress(_ step: RecipeStep, done: Int, total: Int) -> NewEvent {
        NewEvent(
            "step.progress",
            [
                "step": .string(step.name), "done": JSONValue(done), "total": JSONValue(total),
                "text": .string("\(step.title): \(done) of \(total)"),
            ])
    }

    static func itemStarted(_ step: RecipeStep, index: Int, label: String) -> NewEvent {
        NewEvent(
            "item.started", ["step": .string(step.name), "index": JSONValue(index), "label": .string(label)])
    }

    static func itemFinished(_ step: RecipeStep, index: Int, label: String, ms: Double) -> NewEvent {
        NewEvent(
            "item.finished",
            [
                "step": .string(step.name), "index": JSONValue(index), "label": .string(label),
                "ms": milliseconds(ms),
            ])
    }

    /// `footing` is the time Footing itself took for this try, milliseconds.
    static func callTry(
        _ call: StepCall, step: String, item: (index: Int, label: String)?, _ attempt: CallTry, footing: Double
    ) -> NewEvent {
        var fields: JSONObject = ["step": .string(step)]
        if let item {
            fields["index"] = JSONValue(item.index)
            fields["label"] = .string(item.label)
        }
        fields["call"] = .string("\(call.provider).\(call.operation)")
        fields["provider"] = .string(call.provider)
        fields["operation"] = .string(call.operation)
        fields["try"] = JSONValue(attempt.number)
        fields["status"] = JSONValue(attempt.status)
        fields["outcome"] = .string(attempt.outcome.rawValue)
        fields["ms"] = milliseconds(attempt.milliseconds)
        fields["footing_ms"] = milliseconds(footing)
        fields["held_ms"] = milliseconds(attempt.heldMilliseconds)
        fields["waited_ms"] = milliseconds(attempt.waitedMilliseconds)
        fields["reason"] = JSONValue(attempt.reason)
        return NewEvent("call.try", fields)
    }

    static func published(_ artifact: Artifact) -> NewEvent {
        NewEvent(
            "artifact.published",
            [
                "name": .string(artifact.name), "size": JSONValue(artifact.size), "media_type": .string(artifact.type),
                "sha256": .string(artifact.sha256),
            ])
    }

    /// Milliseconds with one decimal.
    static func milliseconds(_ value: Double) -> JSONValue {
        JSONValue((max(0, value) * 10).rounded() / 10)
    }
}
