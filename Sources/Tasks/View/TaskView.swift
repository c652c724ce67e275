package import Contracts
package import Inventory
package import Store

/// Tasks as the API, the command line and the console show them.
package enum TaskView {
    /// The task object, without steps.
    package static func object(_ record: TaskRecord) -> JSONValue {
        [
            "id": .string(record.id), "recipe": .string(record.recipe), "title": .string(record.title),
            "state": .string(record.state.rawValue), "created": .string(record.created.description),
            "started": JSONValue(record.started?.description), "finished": JSONValue(record.finished?.description),
            "attempt": JSONValue(record.attempt), "input": record.input, "result": record.result ?? .null,
            "problem": record.problem ?? .null, "progress": record.progress ?? .null,
            "calls": ["made": JSONValue(record.callsMade), "retried": JSONValue(record.callsRetried)],
            "last_event": JSONValue(record.lastEvent),
        ]
    }

    /// The "steps" array, computed from nothing but the journal and the recipe; nil for a recipe that is gone.
    package static func build(_ record: TaskRecord, _ recipe: Recipe?, _ events: [JournalEvent]) -> JSONValue {
        var timeline = StepTimeline(recipe: recipe)
        for event in events { timeline.apply(event) }
        return timeline.json
    }

    /// The task object with its steps.
    static func detail(_ record: TaskRecord, _ timeline: StepTimeline) -> JSONValue {
        var object = object(record)
        object["steps"] = timeline.json
        return object
    }
}
