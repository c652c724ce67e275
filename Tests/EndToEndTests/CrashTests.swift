import Contracts
import Foundation
import Testing
import Wire

/// `kill -9` at random moments: what was acknowledged is finished, and no write reaches a vendor twice.
@Suite("Crashes, end to end", .serialized)
struct CrashTests {
    private static let rounds = 20

    @Test(
        "every acknowledged task ends by itself after kill -9, finished steps are not run again, and no write happens twice"
    )
    func killNine() async throws {
        let playground = try Playground()
        try await playground.setSecrets()
        let vendors = try await playground.startVendors(speed: 40)
        var server = try await playground.startServer()
        let web = Web(port: playground.port, token: try await playground.token(["admin"]))
        var input = MainJobTests.input
        input["watch"] = true
        var ids: [String] = []
        for round in 0..<Self.rounds {
            let accepted = try await web.post(
                "/v1/tasks", ["recipe": "commute-report", "input": input],
                [.idempotencyKey: "round-\(round)"])
            #expect(accepted.status == 202, "\(accepted.text)")
            ids.append(try #require(accepted.json["id"]?.stringValue))
            try await Task.sleep(for: .milliseconds(Int.random(in: 0...2500)))
            server.kill(SIGKILL)
            try await server.ended()
            server = try await playground.startServer()
            // A few tasks at once are hit by each crash; many more would only wait for the vendors' limits.
            try await eventually("the queue is short") {
                let open = try await web.get("/v1/tasks?limit=200").json["tasks"]?.arrayValue ?? []
                return open.count { $0["finished"]?.isNull ?? true } <= 3 ? true : nil
            }
        }
        for id in ids {
            let task = try await web.endedTask(id, within: .seconds(120))
            #expect(task["state"] == "done", "\(task.text)")
            let events =
                try await web.get("/v1/tasks/\(id)/events", [.accept: "application/json"]).json["events"]?.arrayValue
                ?? []
            #expect(events.compactMap { $0["n"]?.intValue } == Array(1...events.count))
            let finished = events.filter { $0["type"] == "step.finished" }.compactMap { $0["step"]?.stringValue }
            #expect(Set(finished).count == finished.count, "a finished step is not run again: \(finished)")
            let items = events.filter { $0["type"] == "item.finished" }.map {
                "\($0["step"]?.text ?? "")\($0["index"]?.text ?? "")"
            }
            #expect(Set(items).count == items.count, "a finished item is not run again")
        }
        let statistics = try await Web(port: playground.vendorPorts[2]).get("/_control/stats").json
        let effects = statistics["effects"]?["by_key"]?.objectValue ?? [:]
        #expect(effects.count == ids.count, "one key a task: \(statistics.text)")
        #expect(effects.entries.allSatisfy { $0.value.intValue == 1 }, "one effect a key: \(statistics.text)")
        #expect(server.isRunning)
        vendors.kill(SIGKILL)
    }
}
