import Contracts
import Foundation
import NIOCore
import Testing
import Wire

/// Whatever goes wrong ends in a clear problem or a clear journal entry, and the next task works.
@Suite("Bad input and bad days, end to end", .serialized)
struct HostileTests {
    @Test(
        "unknown places, impossible numbers, huge bodies and missing rights are answered clearly, and the next task works"
    )
    func badInput() async throws {
        let playground = try Playground()
        try await playground.setSecrets()
        let vendors = try await playground.startVendors()
        let server = try await playground.startServer()
        let web = Web(port: playground.port, token: try await playground.token(["task:commute-report"]))

        let negative = try await web.post(
            "/v1/tasks",
            ["recipe": "commute-report", "input": ["office": "Alexanderplatz", "budget": -1, "max_commute": 35]])
        expectProblem(negative, 400, "input_invalid", source: "caller")
        #expect(negative.json["errors"]?[0]?["pointer"] == "/budget")

        let huge = try await web.send(
            "POST", "/v1/tasks", [.contentType: "application/json"],
            ByteBuffer(repeating: UInt8(ascii: "x"), count: 20 << 20))
        expectProblem(huge, 413, "body_too_large", source: "caller")

        let notJSON = try await web.send(
            "POST", "/v1/tasks", [.contentType: "application/json"], ByteBuffer(string: "{\"a\": tru}"))
        expectProblem(notJSON, 400, "input_invalid", source: "caller")
        let deep = try await web.send(
            "POST", "/v1/tasks", [:], ByteBuffer(string: String(repeating: "[", count: 200_000)))
        expectProblem(deep, 400, "input_invalid", source: "caller")

        let unknownRecipe = try await web.post("/v1/tasks", ["recipe": "commute-raport", "input": MainJobTests.input])
        expectProblem(unknownRecipe, 403, "scope_missing", source: "caller")
        let other = Web(port: playground.port, token: try await playground.token(["call:rents.get"]))
        expectProblem(
            try await other.post("/v1/tasks", ["recipe": "commute-report", "input": MainJobTests.input]), 403,
            "scope_missing",
            source: "caller")
        expectProblem(
            try await Web(port: playground.port, token: "ft_wrong").get("/v1/tasks"), 401, "token_invalid",
            source: "caller")
        expectProblem(try await Web(port: playground.port).get("/v1/tasks"), 401, "token_missing", source: "caller")

        let unknown = try await web.post(
            "/v1/tasks",
            ["recipe": "commute-report", "input": ["office": "Qwxyzstraße 999", "budget": 1200, "max_commute": 35]])
        let failed = try await web.endedTask(try #require(unknown.json["id"]?.stringValue))
        #expect(failed["state"] == "failed")
        #expect(failed["problem"]?["code"] == "place_not_found")
        #expect(failed["problem"]?["source"] == "caller")
        try await expectNextTaskWorks(web)
        let foreign = try await other.get("/v1/tasks/\(failed["id"]?.stringValue ?? "")")
        #expect(foreign.status == 404, "another's task looks like none")
        #expect(server.isRunning)
        vendors.kill(SIGKILL)
    }

    @Test("a vendor that is down and a vendor that drifts fail their task in words, and the next task works")
    func badVendors() async throws {
        let playground = try Playground()
        try await playground.setSecrets()
        let vendors = try await playground.startVendors()
        let server = try await playground.startServer()
        let web = Web(port: playground.port, token: try await playground.token(["admin"]))
        let rents = Web(port: playground.vendorPorts[2])

        _ = try await rents.post("/_control/drift", ["on": true])
        let drifted = try await web.post("/v1/tasks", ["recipe": "commute-report", "input": MainJobTests.input])
        let failed = try await web.endedTask(try #require(drifted.json["id"]?.stringValue))
        #expect(failed["state"] == "failed")
        #expect(failed["problem"]?["code"] == "contract_broken", "\(failed["problem"]?.text ?? "")")
        #expect(failed["problem"]?["provider"] == "rents")
        try await eventually("the drift is listed") {
            let drift = try await web.get("/v1/providers/rents").json["drift"]?.arrayValue ?? []
            return drift.isEmpty ? nil : drift
        }
        _ = try await rents.post("/_control/drift", ["on": false])
        try await expectNextTaskWorks(web)

        _ = try await rents.post("/_control/down", ["on": true])
        let down = try await web.post("/v1/tasks", ["recipe": "commute-report", "input": MainJobTests.input])
        let unlucky = try await web.endedTask(try #require(down.json["id"]?.stringValue))
        #expect(unlucky["state"] == "failed")
        #expect(unlucky["problem"]?["source"] == "provider", "\(unlucky["problem"]?.text ?? "")")
        for word in ["internal", "SQL", "stack", "Traceback", "pool"] {
            #expect(unlucky["problem"]?["detail"]?.stringValue?.contains(word) == false, "no vendor text")
        }
        _ = try await rents.post("/_control/down", ["on": false])
        // The breaker may still be open from the failures; it closes by itself after its pause.
        try await eventually("the next task works again") { () -> Bool? in
            let next = try await web.post("/v1/tasks", ["recipe": "commute-report", "input": MainJobTests.input])
            let ended = try await web.endedTask(next.json["id"]?.stringValue ?? "")
            return ended["state"] == "done" ? true : nil
        }
        #expect(server.isRunning)
        vendors.kill(SIGKILL)
    }

    @Test("cancelling ends a running task, and the journal says who did it")
    func cancel() async throws {
        let playground = try Playground()
        try await playground.setSecrets()
        let vendors = try await playground.startVendors(speed: 1)
        let server = try await playground.startServer()
        let web = Web(port: playground.port, token: try await playground.token(["task:commute-report"]))
        let accepted = try await web.post("/v1/tasks", ["recipe": "commute-report", "input": MainJobTests.input])
        let id = try #require(accepted.json["id"]?.stringValue)
        try await eventually("the task runs") {
            try await web.get("/v1/tasks/\(id)").json["state"] == "running" ? true : nil
        }
        #expect(try await web.post("/v1/tasks/\(id)/cancel", [:]).status == 202)
        let ended = try await web.endedTask(id, within: .seconds(5))
        #expect(ended["state"] == "cancelled")
        let events =
            try await web.get("/v1/tasks/\(id)/events", [.accept: "application/json"]).json["events"]?.arrayValue ?? []
        #expect(events.last?["type"] == "task.cancelled")
        #expect(events.last?["by"] == "test")
        try await expectNextTaskWorks(web)
        #expect(server.isRunning)
        vendors.kill(SIGKILL)
    }

    @Test("a full disk is a clear problem, nothing acknowledged is lost, and with room again the next task works")
    func fullDisk() async throws {
        guard let disk = try SmallDisk(megabytes: 6) else {
            print("skipped: a small file system cannot be mounted here (needs root)")
            return
        }
        let playground = try Playground(state: disk.folder)
        try await playground.setSecrets()
        let vendors = try await playground.startVendors()
        let server = try await playground.startServer()
        let web = Web(port: playground.port, token: try await playground.token(["admin"]))
        let ballast = try disk.fill()
        var refused: Web.Answer?
        for _ in 0..<200 where refused == nil {
            let answer = try await web.post("/v1/tasks", ["recipe": "commute-report", "input": MainJobTests.input])
            if answer.status != 202 { refused = answer }
        }
        let problem = try #require(refused, "the disk is full in the end")
        expectProblem(problem, 507, "store_full", source: "footing")
        #expect(server.isRunning)
        try FileManager.default.removeItem(at: ballast)
        try await eventually("the next task works") { () -> Bool? in
            let accepted = try await web.post("/v1/tasks", ["recipe": "commute-report", "input": MainJobTests.input])
            guard accepted.status == 202, let id = accepted.json["id"]?.stringValue else { return nil }
            return try await web.endedTask(id)["state"] == "done" ? true : nil
        }
        vendors.kill(SIGKILL)
    }

    private func expectNextTaskWorks(_ web: Web) async throws {
        let accepted = try await web.post("/v1/tasks", ["recipe": "commute-report", "input": MainJobTests.input])
        let ended = try await web.endedTask(try #require(accepted.json["id"]?.stringValue))
        #expect(ended["state"] == "done", "\(ended["problem"]?.text ?? "")")
    }

    private func expectProblem(
        _ answer: Web.Answer, _ status: Int, _ code: String, source: String, location: SourceLocation = #_sourceLocation
    ) {
        #expect(answer.status == status, "\(answer.text)", sourceLocation: location)
        #expect(answer.headers[.contentType] == "application/problem+json", sourceLocation: location)
        #expect(answer.json["code"]?.stringValue == code, "\(answer.text)", sourceLocation: location)
        #expect(answer.json["source"]?.stringValue == source, sourceLocation: location)
        #expect(answer.json["request_id"]?.stringValue?.hasPrefix("r_") == true, sourceLocation: location)
        #expect(answer.json["retryable"]?.boolValue != nil, sourceLocation: location)
    }
}
