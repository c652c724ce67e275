import Contracts
import Inventory
import Store
import TestSupport
import Testing

@testable import Tasks

@Suite struct TaskServiceTests {
    private static let schema = """
        {"type": "object", "required": ["office", "budget"], "additionalProperties": false, "properties": {
          "office": {"type": "string", "minLength": 1, "title": "The office"},
          "budget": {"type": "number", "minimum": 100},
          "mode": {"enum": ["train", "bike"]}}}
        """
    private static let recipe = Recipe.of(
        "commute-report", [.transform("copy", ".input")], input: schema, title: "To ${ .input.office }")

    private func problem(_ body: () async throws -> Void) async -> Problem? {
        do {
            try await body()
            return nil
        } catch {
            return error as? Problem
        }
    }

    @Test("Everything wrong with the input is said at once, in words for people")
    func input() async throws {
        let world = try World([Self.recipe])
        let problem = try #require(
            await problem { _ = try await world.submit("commute-report", ["budget": -1, "mode": "boat", "extra": 1]) })
        #expect(problem.code == "input_invalid")
        #expect(problem.source == .caller)
        #expect(problem.status == 400)
        let errors = Dictionary(uniqueKeysWithValues: problem.faults.map { ($0.pointer, $0.message) })
        #expect(errors["/office"] == "The office is missing.")
        #expect(errors["/budget"] == "\"budget\" must be at least 100.")
        #expect(errors["/mode"] == "\"mode\" must be one of these: \"train\", \"bike\".")
        #expect(errors["/extra"] == "\"extra\" is not known here.")
        #expect(problem.json()["errors"]?.arrayValue?.count == 4)
        #expect(try await world.service.list(TaskQuery()).isEmpty)
    }

    @Test("An input that is no object is refused in words")
    func notAnObject() async throws {
        let world = try World([Self.recipe])
        let problem = await problem { _ = try await world.submit("commute-report", [1, 2]) }
        #expect(problem?.faults.map(\.message) == ["The input must be an object."])
    }

    @Test("An unknown recipe is answered with the name that was probably meant")
    func unknown() async throws {
        let world = try World([Self.recipe])
        let near = await problem { _ = try await world.submit("comute-report") }
        #expect(near?.code == "recipe_unknown")
        #expect(near?.detail.contains("\"commute-report\"") == true)
        let far = await problem { _ = try await world.submit(String(repeating: "x", count: 10_000)) }
        #expect(far?.code == "recipe_unknown")
        #expect(far?.members.isEmpty == true)
        #expect((far?.detail.count ?? 0) < 200)
    }

    @Test("An input of more than 256 KiB is refused")
    func tooLarge() async throws {
        let world = try World([.of("any", [])])
        let text = String(repeating: "a", count: 256 << 10)
        let problem = await problem { _ = try await world.submit("any", ["text": .string(text)]) }
        #expect(problem?.code == "input_too_large")
        #expect(problem?.status == 413)
        _ = try await world.submit("any", ["text": .string(String(text.dropFirst(20)))])
    }

    @Test("The same idempotency key gives the same task, with another input a conflict")
    func idempotency() async throws {
        let world = try World([.of("any", [])])
        let first = try await world.submit("any", ["a": 1], key: "k")
        #expect(try await world.submit("any", ["a": 1], key: "k") == first)
        let other = try await world.service.submit(
            recipe: "any", input: ["a": 2], caller: World.owner, idempotencyKey: "k")
        #expect(other == .conflict(taskID: first))
        let empty = await problem { _ = try await world.submit("any", key: "") }
        #expect(empty?.code == "input_invalid")
        #expect(try await world.service.list(TaskQuery()).count == 1)
    }

    @Test("A title is one line of bounded length, whatever the input holds")
    func title() async throws {
        let world = try World([
            .of("any", [], title: "For ${ .input.who }"), .of("bad", [], title: "For ${ .input | error }"),
        ])
        let id = try await world.submit("any", ["who": .string("a\nb" + String(repeating: "c", count: 999))])
        let title = try #require(try await world.service.task(id)?.title)
        #expect(title.hasPrefix("For a bccc"))
        #expect(title.count == 200)
        let bad = try await world.submit("bad", ["who": 1])
        #expect(try await world.service.task(bad)?.title.isEmpty == false)
    }

    @Test("A slow operation becomes a task whose result is the answer")
    func deferredCall() async throws {
        let operation = Operation(
            name: "matrix", about: "Travel times", method: "POST", path: try PathTemplate("/matrix"), latency: .slow)
        let provider = Provider(name: "transit", operations: [operation])
        let world = try World([], providers: [provider])
        let calls = CountingCalls { call, _ in ["seen": call.input] }
        try await world.withEngine(calls) { _ in
            let submission = try await world.service.submitCall(
                provider: "transit", operation: "matrix", input: ["body": ["from": "${ .input }"]], caller: World.owner)
            guard case .created(let task) = submission else {
                Issue.record("\(submission)")
                return
            }
            #expect(task.recipe == "call:transit.matrix")
            #expect(task.title == "Travel times")
            let record = try await world.finished(task.id)
            #expect(
                record.result == ["seen": ["body": ["from": "${ .input }"]]], "the input is data, not an expression")
            let steps = try #require(try await world.service.detail(task.id)?["steps"])
            #expect(steps[0]?["name"] == "matrix")
            #expect(steps[0]?["state"] == "done")
        }
        let byName = await problem { _ = try await world.submit("call:transit.matrix") }
        #expect(byName?.code == "recipe_unknown", "it needs the scope of the call")
        let none = await problem {
            _ = try await world.service.submitCall(
                provider: "transit", operation: "none", input: [:], caller: World.owner)
        }
        #expect(none?.code == "operation_unknown")
    }

    @Test("A problem object survives the way through a task unchanged")
    func problemJSON() {
        let problem: JSONValue = [
            "type": "https://footing.dev/problems/rate_limited", "title": "Too many calls", "status": 429,
            "code": "rate_limited", "source": "provider", "detail": "Try again later.", "retryable": true,
            "retry_after": 3, "provider": "rents", "operation": "search", "request_id": "r_1",
            "errors": [["pointer": "/a", "message": "b"]],
        ]
        #expect(Problem(json: problem).json() == problem)
        #expect(Problem(json: 7).json()["code"] == "call_failed")
        #expect(Problem(json: problem).json(requestID: "r_2")["request_id"] == "r_2")
    }

    @Test("Faults of recipes are findings, all of them")
    func findings() throws {
        let folder = try TemporaryFolder()
        try folder.write("page.html", "<p>\n{{{raw}}}\n{{>other}}")
        let page = RecipeStep(
            name: "page", kind: .render(template: "page.html", file: "a.html", data: "${ . }"), line: 9)
        let project = World.project(
            [
                .of("good", [.transform("a", ".")]), .of("expression", [.call("a", with: #"{"q": "${ .input["}"#)]),
                .of("program", [.transform("a", "if")]), .of("schema", [], input: #"{"type": 7}"#),
                .of("template", [page]),
            ], folder: folder)
        let findings = RecipeBook.findings(
            project, renderer: Renderer(folder: folder.path, path: "", clock: ManualClock()))
        #expect(
            findings.map(\.file).sorted() == [
                "footing/page.html", "footing/page.html", "footing/recipes/expression.yaml",
                "footing/recipes/program.yaml", "footing/recipes/schema.yaml",
            ])
        #expect(findings.filter { $0.file == "footing/page.html" }.map(\.line) == [2, 3])
    }
}
