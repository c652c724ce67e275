import Contracts
import Inventory
import Store
import Testing

@testable import Tasks

@Suite struct StepTimelineTests {
    private static let recipe = Recipe.of(
        "report", [.call("geocode"), .call("rents", forEach: "${ .steps.areas }"), .wait("pause", .seconds(5))])

    private func timeline(_ events: [(String, JSONObject)]) -> JSONValue {
        var timeline = StepTimeline(recipe: Self.recipe)
        for (index, event) in events.enumerated() {
            timeline.apply(
                JournalEvent(
                    number: index + 1, at: Timestamp(milliseconds: 1_795_521_600_000 + Int64(index) * 1000),
                    type: event.0, fields: event.1))
        }
        return timeline.json
    }

    private func attempt(_ step: String, _ index: Int? = nil, n: Int, _ outcome: String, waited: Int = 0) -> (
        String, JSONObject
    ) {
        var fields: JSONObject = [
            "step": .string(step), "try": JSONValue(n), "status": outcome == "ok" ? 200 : 429,
            "outcome": .string(outcome),
            "ms": 10, "footing_ms": 1, "waited_ms": JSONValue(waited), "reason": "rate limited, Retry-After 3 s",
        ]
        if let index { fields["index"] = JSONValue(index) }
        return ("call.try", fields)
    }

    @Test("Before anything happens all steps are pending")
    func pending() {
        let steps = timeline([])
        #expect(steps.arrayValue?.map { $0["name"] } == ["geocode", "rents", "pause"])
        #expect(steps.arrayValue?.allSatisfy { $0["state"] == "pending" && $0["started"] == .null } == true)
        #expect(
            steps[0]?.objectValue?.keys == [
                "name", "title", "kind", "state", "started", "finished", "ms", "items", "children", "tries", "note",
                "problem",
            ])
    }

    @Test("A step between two tries is held, with a note")
    func held() {
        let start: [(String, JSONObject)] = [
            ("step.started", ["step": "geocode", "title": "Find the office", "kind": "call"]),
            attempt("geocode", n: 1, "retried", waited: 3000),
        ]
        let held = timeline(start)[0]
        #expect(held?["state"] == "held")
        #expect(held?["title"] == "Find the office")
        #expect(held?["note"] == "429, rate limited, Retry-After 3 s")
        let done = timeline(
            start + [
                attempt("geocode", n: 2, "ok"),
                ("step.finished", ["step": "geocode", "ms": 3020, "summary": "x"]),
            ])[0]
        #expect(done?["state"] == "done")
        #expect(done?["note"] == "429, waited 3 s")
        #expect(done?["ms"] == 3020)
        #expect(done?["tries"]?.arrayValue?.map { $0["n"] } == [1, 2])
        #expect(done?["tries"]?[0]?["at"] == "2026-11-24T12:00:01.000Z")
        #expect(done?["finished"] == "2026-11-24T12:00:03.000Z")
    }

    @Test("Items are children in their order, and are counted")
    func items() {
        let step = timeline([
            ("step.started", ["step": "rents", "title": "Rents", "kind": "call", "items": 3]),
            ("item.started", ["step": "rents", "index": 1, "label": "Wedding"]),
            ("item.started", ["step": "rents", "index": 0, "label": "Mitte"]),
            attempt("rents", 1, n: 1, "retried"),
            ("item.finished", ["step": "rents", "index": 0, "label": "Mitte", "ms": 12]),
            ("step.progress", ["step": "rents", "done": 1, "total": 3, "text": "x"]),
        ])[1]
        #expect(step?["items"] == ["done": 1, "total": 3])
        #expect(step?["state"] == "running")
        #expect(step?["children"]?.arrayValue?.map { $0["label"] } == ["Mitte", "Wedding"])
        #expect(step?["children"]?.arrayValue?.map { $0["state"] } == ["done", "held"])
        #expect(step?["note"] == "429, rate limited, Retry-After 3 s")
        #expect(step?["tries"] == [])
    }

    @Test("After a crash what ran is pending until it is begun again, what is done stays done")
    func resumed() {
        let events: [(String, JSONObject)] = [
            ("step.started", ["step": "geocode", "title": "a", "kind": "call"]),
            ("step.finished", ["step": "geocode", "ms": 1]),
            ("step.started", ["step": "rents", "title": "b", "kind": "call", "items": 2]),
            ("item.started", ["step": "rents", "index": 0, "label": "x"]),
            ("task.resumed", ["attempt": 2, "reason": "x"]),
        ]
        #expect(timeline(events).arrayValue?.map { $0["state"] } == ["done", "pending", "pending"])
        let again = timeline(events + [("step.started", ["step": "rents", "title": "b", "kind": "call", "items": 2])])
        #expect(again[1]?["state"] == "running")
        #expect(again[1]?["started"] == "2026-11-24T12:00:02.000Z")
    }

    @Test("What a failed or cancelled task did not come to is called off")
    func calledOff() {
        for end in ["task.failed", "task.cancelled"] {
            let steps = timeline([
                ("step.started", ["step": "geocode", "title": "a", "kind": "call"]),
                ("step.failed", ["step": "geocode", "problem": ["code": "x"]]), (end, [:]),
            ])
            #expect(steps.arrayValue?.map { $0["state"] } == ["failed", "cancelled", "cancelled"])
            #expect(steps[0]?["problem"]?["code"] == "x")
        }
    }

    @Test("A wait is held, a skipped step has no times")
    func waits() {
        let steps = timeline([
            ("step.skipped", ["step": "geocode"]),
            ("step.started", ["step": "pause", "title": "c", "kind": "wait"]),
            ("task.resumed", ["attempt": 1, "reason": "x"]),
        ])
        #expect(steps[0]?["state"] == "skipped")
        #expect(steps[0]?["ms"] == .null)
        #expect(steps[2]?["state"] == "held")
    }

    @Test("Without a recipe, and with events nobody wrote, a timeline still comes out")
    func hostile() {
        var timeline = StepTimeline(recipe: nil)
        for (type, fields): (String, JSONObject) in [
            ("step.started", ["step": "a", "items": -1]), ("item.started", ["step": "a", "index": "x"]),
            ("call.try", ["step": "a", "waited_ms": 1e300, "outcome": 7]), ("step.started", [:]),
            ("unknown", ["step": "b"]),
        ] {
            timeline.apply(JournalEvent(number: 1, at: Timestamp(milliseconds: 0), type: type, fields: fields))
        }
        #expect(timeline.json.arrayValue?.count == 2)
    }

    @Test("The task object has all its members, in the order of the reference")
    func object() {
        let record = TaskRecord(
            id: "tk_1", recipe: "r", fingerprint: "f", title: "T", input: [:], state: .queued, tenant: "d", owner: "o",
            created: Timestamp(milliseconds: 1_795_521_600_000))
        let object = TaskView.object(record)
        #expect(
            object.objectValue?.keys == [
                "id", "recipe", "title", "state", "created", "started", "finished", "attempt", "input", "result",
                "problem",
                "progress", "calls", "last_event",
            ])
        #expect(object["created"] == "2026-11-24T12:00:00.000Z")
        #expect(TaskView.build(record, Self.recipe, []).arrayValue?.count == 3)
    }
}
