import Contracts
import Inventory
import Store
import TestSupport
import Testing

@testable import Tasks

@Suite struct RecipeRunTests {
    private static let report = Recipe.of(
        "report",
        [
            .call("geocode", "geocoder.search", with: #"{"query": {"q": "${ .input.office }"}}"#),
            .transform("areas", "[{id: \"a\", name: \"Mitte\"}, {id: \"b\", name: \"Wedding\"}]"),
            .call(
                "rents", with: #"{"path": {"area": "${ .item.id }"}, "query": {"n": "${ .index }"}}"#,
                forEach: "${ .steps.areas }", label: "${ .item.name }", concurrency: 2),
            .call("watch", "rents.watch", when: "${ .input.watch }"),
            RecipeStep(
                name: "table",
                kind: .table(
                    file: "areas.csv", rows: "${ .steps.areas }",
                    columns: [TableColumn(field: "name", title: "Area"), TableColumn(field: "rent", title: "Rent")])),
            RecipeStep(
                name: "page",
                kind: .render(template: "page.html", file: "${ .input.office }.html", data: "${ .steps }")),
        ], result: "${ {rents: .steps.rents, task: .task.id} }", title: "Report for ${ .input.office }")

    @Test("A recipe runs from its first step to its result, and the journal tells all of it")
    func whole() async throws {
        let world = try World([Self.report])
        try world.folder.write("page.html", "<p>{{#areas}}{{name}} {{/areas}}</p>")
        let calls = CountingCalls { call, onTry in
            await onTry(
                CallTry(
                    number: 1, at: Timestamp(milliseconds: 0), status: 200, outcome: .ok, milliseconds: 12,
                    waitedMilliseconds: 0, reason: nil))
            return call.step == "geocode" ? ["lat": 52.5] : call.input["path"] ?? .null
        }
        try await world.withEngine(calls) { _ in
            let id = try await world.submit("report", ["office": "Alex"])
            let events = try await world.journal(id)
            #expect(events.map(\.number) == Array(1...events.count))
            let types = events.map(\.type)
            #expect(
                Array(types.prefix(5)) == [
                    "task.queued", "task.started", "step.started", "call.try", "step.finished",
                ])
            #expect(types.last == "task.finished")
            for (type, count) in [
                ("item.started", 2), ("item.finished", 2), ("step.progress", 2), ("step.skipped", 1),
                ("artifact.published", 2), ("call.try", 3), ("step.started", 5), ("step.finished", 5),
            ] {
                #expect(types.count { $0 == type } == count, "\(type)")
            }
            let record = try #require(try await world.service.task(id))
            #expect(record.state == .done)
            #expect(record.title == "Report for Alex")
            #expect(record.result == ["rents": [["area": "a"], ["area": "b"]], "task": .string(id)])
            #expect(record.callsMade == 3)
            #expect(record.callsRetried == 0)
            #expect(record.progress?["done"] == 6)
            let files = try world.service.files(id)
            #expect(files.map(\.name) == ["Alex.html", "areas.csv"])
            let page = try #require(try world.service.file(id, "Alex.html"))
            #expect(String(decoding: try page.read(at: 0, upTo: 999), as: UTF8.self) == "<p>Mitte Wedding </p>")
        }
        let geocode = try #require(calls.calls.first)
        #expect(geocode.input == ["query": ["q": "Alex"]])
        #expect(geocode.owner == "t_1")
        #expect(geocode.idempotencyKey == IdempotencyKey.make(task: geocode.task, step: "geocode"))
        #expect(Set(calls.calls.map(\.step)) == ["geocode", "rents[0]", "rents[1]"])
    }

    @Test("Retried calls are counted, and each try is an event")
    func tries() async throws {
        let world = try World([.of("one", [.call("get")])])
        let calls = CountingCalls { _, onTry in
            await onTry(
                CallTry(
                    number: 1, at: Timestamp(milliseconds: 0), status: 429, outcome: .retried, milliseconds: 9,
                    waitedMilliseconds: 3000, reason: "rate limited, Retry-After 3 s"))
            await onTry(
                CallTry(
                    number: 2, at: Timestamp(milliseconds: 0), status: 200, outcome: .ok, milliseconds: 9,
                    waitedMilliseconds: 0, reason: nil))
            return "ok"
        }
        try await world.withEngine(calls) { _ in
            let id = try await world.submit("one")
            let tries = try await world.journal(id).filter { $0.type == "call.try" }
            #expect(tries.map { $0.fields["status"] } == [429, 200])
            #expect(tries[0].fields["provider"] == "rents")
            #expect(tries[0].fields["waited_ms"] == 3000)
            let record = try await world.finished(id)
            #expect(record.callsMade == 1)
            #expect(record.callsRetried == 1)
            let steps = try #require(try await world.service.detail(id)?["steps"])
            #expect(steps[0]?["note"] == "429, waited 3 s")
        }
    }

    @Test("A step's problem becomes the task's problem, and the next task works")
    func failure() async throws {
        let world = try World([.of("one", [.call("get"), .transform("after", ".")])])
        let calls = CountingCalls { call, _ in
            if call.idempotencyKey == IdempotencyKey.make(task: "tk_00000000000000000000000002", step: "get") {
                throw Problem(json: [
                    "code": "place_not_found", "source": "caller", "status": 404,
                    "detail": "We do not know this place.",
                    "provider": "rents", "operation": "search", "request_id": "r_9",
                ])
            }
            return 1
        }
        try await world.withEngine(calls) { _ in
            let bad = try await world.submit("one")
            let events = try await world.journal(bad)
            #expect(events.suffix(2).map(\.type) == ["step.failed", "task.failed"])
            let record = try await world.finished(bad)
            #expect(record.state == .failed)
            #expect(record.problem?["code"] == "place_not_found")
            #expect(record.problem?["request_id"] == "r_9")
            #expect(record.problem?["detail"] == "We do not know this place.")
            #expect(try await world.finished(try await world.submit("one")).state == .done)
        }
    }

    @Test("A failed item stops its siblings and is named in the timeline")
    func failedItem() async throws {
        let world = try World([.of("many", [.call("get", forEach: "${ [range(9)] }", concurrency: 3)])])
        let calls = CountingCalls { call, _ in
            if call.step == "get[1]" {
                throw Problem("broken", source: .provider, status: 502, title: "Broken", detail: "It broke.")
            }
            try await Gate().pass()
            return .null
        }
        try await world.withEngine(calls) { _ in
            let id = try await world.submit("many")
            let record = try await world.finished(id)
            #expect(record.problem?["code"] == "broken")
            let step = try #require(try await world.service.detail(id)?["steps"]?[0])
            #expect(step["state"] == "failed")
            #expect(step["children"]?.arrayValue?.map { $0["state"] } == ["cancelled", "failed", "cancelled"])
        }
        #expect(calls.calls.count == 3)
    }

    @Test(
        "What is wrong with a step's own expressions ends the task in plain words",
        arguments: [
            RecipeStep.transform("bad", ".input | error(\"secret\")"),
            RecipeStep.call("bad", forEach: "${ .input }"),
            RecipeStep.call("bad", with: #"{"query": "${ .input | keys | .[0] | tonumber }"}"#),
            RecipeStep(name: "bad", kind: .table(file: "a.csv", rows: "${ 7 }", columns: [])),
            RecipeStep(name: "bad", kind: .table(file: "../a.csv", rows: "${ [] }", columns: [])),
            RecipeStep(name: "bad", kind: .render(template: "none.html", file: "a.html", data: "${ . }")),
            RecipeStep(name: "bad", kind: .render(template: "../none.html", file: "a.html", data: "${ . }")),
        ])
    func ownFaults(step: RecipeStep) async throws {
        let world = try World([.of("one", [step])])
        try await world.withEngine(CountingCalls()) { _ in
            let record = try await world.finished(try await world.submit("one", ["word": "secret"]))
            #expect(record.state == .failed)
            #expect(record.problem?["source"] == "footing")
            #expect(record.problem?.text.contains("secret") == false)
        }
    }

    @Test("A list of no items is done at once; one of too many is refused")
    func itemCounts() async throws {
        let steps: [RecipeStep] = [.call("get", forEach: "${ [range(.input.count)] }")]
        let world = try World([.of("many", steps, result: "${ .steps.get }")], limits: TaskLimits(items: 3))
        let calls = CountingCalls()
        try await world.withEngine(calls) { _ in
            let none = try await world.finished(try await world.submit("many", ["count": 0]))
            #expect(none.result == [])
            let many = try await world.finished(try await world.submit("many", ["count": 4]))
            #expect(many.problem?["code"] == "too_many_items")
        }
        #expect(calls.calls.isEmpty)
    }

    @Test("A result that is too large fails the step, not the store")
    func resultLimit() async throws {
        let world = try World(
            [.of("big", [.transform("grow", "[range(1000)]")])], limits: TaskLimits(result: 1000))
        try await world.withEngine(CountingCalls()) { _ in
            let record = try await world.finished(try await world.submit("big"))
            #expect(record.problem?["code"] == "result_too_large")
        }
    }

    @Test("Many small events share few commits")
    func groupedCommits() async throws {
        let world = try World([.of("many", [.call("get", forEach: "${ [range(40)] }", concurrency: 4)])])
        try await world.withEngine(CountingCalls()) { _ in
            let before = world.store.transactions
            let id = try await world.submit("many")
            #expect(try await world.finished(id).state == .done)
            #expect(world.store.transactions - before < 60)
        }
    }
}
