import Contracts

/// A short journal: one call, one step with three items of which one met a 429, one step that is skipped, the end.
enum JournalSample {
    static let task: JSONValue = [
        "id": "tk_1", "recipe": "commute-report", "title": "Rent and commute", "state": "queued",
        "created": "2026-11-24T23:29:38.000Z",
        "steps": [
            ["name": "geocode", "title": "Find the office", "state": "pending"],
            ["name": "rents", "title": "Fetch rents", "state": "pending"],
            ["name": "watch", "title": "Watch offers", "state": "pending"],
        ],
    ]

    static let events: [JSONValue] = [
        event(1, 0, "task.queued", ["title": "Rent and commute for Alexanderplatz"]),
        event(2, 10, "task.started", ["attempt": 1]),
        event(3, 20, "step.started", ["step": "geocode", "title": "Find the office", "kind": "call"]),
        event(4, 340, "call.try", ["step": "geocode", "try": 1, "status": 200, "outcome": "ok", "ms": 320]),
        event(5, 340, "step.finished", ["step": "geocode", "ms": 320]),
        event(6, 350, "step.started", ["step": "rents", "title": "Fetch rents", "kind": "call", "items": 3]),
        event(7, 350, "item.started", ["step": "rents", "index": 0, "label": "Mitte"]),
        event(8, 360, "item.started", ["step": "rents", "index": 1, "label": "Wedding"]),
        event(
            9, 400,
            "call.try",
            [
                "step": "rents", "index": 1, "label": "Wedding", "try": 1, "status": 429, "outcome": "retried",
                "ms": 40,
                "held_ms": 0, "waited_ms": 3000, "reason": "rate limited, Retry-After 3 s",
            ]),
        event(10, 450, "call.try", ["step": "rents", "index": 0, "try": 1, "status": 200, "outcome": "ok", "ms": 100]),
        event(11, 450, "item.finished", ["step": "rents", "index": 0]),
        event(12, 3500, "call.try", ["step": "rents", "index": 1, "try": 2, "status": 200, "outcome": "ok", "ms": 90]),
        event(13, 3500, "item.finished", ["step": "rents", "index": 1]),
        event(14, 3600, "item.started", ["step": "rents", "index": 2, "label": "Moabit"]),
        event(
            15, 3800, "call.try", ["step": "rents", "index": 2, "try": 1, "status": 200, "outcome": "ok", "ms": 200]),
        event(16, 3800, "item.finished", ["step": "rents", "index": 2]),
        event(17, 3800, "step.finished", ["step": "rents", "ms": 3450]),
        event(18, 3810, "step.skipped", ["step": "watch"]),
        event(19, 3820, "artifact.published", ["name": "report.pdf", "size": 33800]),
        event(20, 4000, "task.finished", ["result": nil, "ms": 4000]),
    ]

    /// An event so many milliseconds after the task was created.
    static func event(_ number: Int, _ milliseconds: Int, _ type: String, _ fields: JSONObject) -> JSONValue {
        let fraction = String(milliseconds % 1000)
        let padded = String(repeating: "0", count: 3 - fraction.count) + fraction
        var object: JSONObject = [
            "n": JSONValue(number), "at": .string("2026-11-24T23:29:\(38 + milliseconds / 1000).\(padded)Z"),
            "type": .string(type),
        ]
        for (key, value) in fields { object[key] = value }
        return .object(object)
    }
}
