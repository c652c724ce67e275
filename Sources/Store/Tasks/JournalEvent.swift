package import Contracts

/// One entry of a task's journal.
package struct JournalEvent: Sendable, Equatable {
    /// 1 for the first event of a task, then without gaps.
    package let number: Int
    package let at: Timestamp
    /// e.g. `step.started`; the list is in the API reference.
    package let type: String
    /// The event's own fields.
    package let fields: JSONObject

    package init(number: Int, at: Timestamp, type: String, fields: JSONObject) {
        self.number = number
        self.at = at
        self.type = type
        self.fields = fields
    }

    /// The event as API, SSE and CLI show it: `n`, `at`, `type`, then its fields.
    package var json: JSONValue {
        var object: JSONObject = [
            "n": .number(JSONNumber(number)), "at": .string(at.description), "type": .string(type),
        ]
        for (key, value) in fields.entries { object[key] = value }
        return .object(object)
    }
}

/// An event before the store has numbered it.
package struct NewEvent: Sendable, Equatable {
    package let type: String
    package let fields: JSONObject

    package init(_ type: String, _ fields: JSONObject = [:]) {
        self.type = type
        self.fields = fields
    }
}
