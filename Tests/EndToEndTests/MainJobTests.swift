import Contracts
import Foundation
import NIOCore
import Testing
import Wire

/// The real binary, the real vendors, the real example: a demo goes onto production footing.
@Suite("The main job, end to end", .serialized)
struct MainJobTests {
    static let input: JSONValue = ["office": "Alexanderplatz", "budget": 1200, "max_commute": 35]

    @Test(
        "a form's request becomes a ranked report as PDF and CSV, through 429s and 503s, and no secret is to be seen anywhere"
    )
    func mainJob() async throws {
        let playground = try Playground()
        try await playground.setSecrets()
        let vendors = try await playground.startVendors()
        let server = try await playground.startServer()
        var web = Web(port: playground.port)
        let page = try await web.get("/")
        #expect(page.status == 200)
        web.token = try await playground.token(["admin"])

        let accepted = try await web.post("/v1/tasks", ["recipe": "commute-report", "input": Self.input])
        #expect(accepted.status == 202, "\(accepted.text)")
        let id = try #require(accepted.json["id"]?.stringValue)
        #expect(accepted.headers[.location] == "/v1/tasks/\(id)")
        let task = try await web.endedTask(id)
        #expect(task["state"] == "done", "\(task.text)")

        let events = try await web.get("/v1/tasks/\(id)/events?after=0", [.accept: "application/json"])
        let journal = try #require(events.json["events"]?.arrayValue)
        #expect(journal.compactMap { $0["n"]?.intValue } == Array(1...journal.count), "numbered without gaps")
        #expect(journal.first?["type"] == "task.queued")
        #expect(journal.last?["type"] == "task.finished")
        let statuses = journal.filter { $0["type"] == "call.try" }.compactMap { $0["status"]?.intValue }
        #expect(statuses.contains(429), "a rate limit was met and absorbed")
        #expect(statuses.contains(503), "a failure was met and absorbed")

        let files = try await web.get("/v1/tasks/\(id)/files").json["files"]?.arrayValue ?? []
        #expect(Set(files.compactMap { $0["name"]?.stringValue }) == ["report.pdf", "neighbourhoods.csv"])
        let pdf = try await web.get("/v1/tasks/\(id)/files/report.pdf")
        #expect(pdf.bytes.starts(with: Array("%PDF-".utf8)))
        let text = try pdfText(pdf.bytes)
        #expect(text.contains("Alexanderplatz"))
        #expect(text.contains("1,200") || text.contains("1200"))
        let ranked = (task["result"]?["areas"]?.arrayValue ?? []).compactMap { $0["name"]?.stringValue }
        #expect(ranked.count >= 5)
        #expect(ranked.prefix(5).allSatisfy { text.contains($0) }, "\(ranked) in \(text)")

        let stream = try await web.get("/v1/tasks/\(id)/events", [.accept: "text/event-stream"])
        #expect(stream.text.contains("event: task.finished"))
        let resumed = try await web.get(
            "/v1/tasks/\(id)/events",
            [.accept: "text/event-stream", try #require(FieldName("Last-Event-ID")): "\(journal.count - 2)"])
        #expect(resumed.text.components(separatedBy: "\nevent: ").count - 1 == 2, "only what was missed")

        for path in ["/v1/calls?limit=200", "/v1/overview", "/v1/providers", "/v1/providers/rents", "/v1/score"] {
            let answer = try await web.get(path)
            #expect(answer.status == 200)
            try expectNoSecrets(of: playground, in: answer.text, "\(path)")
        }
        for call in try await web.get("/v1/calls?limit=100").json["calls"]?.arrayValue ?? [] {
            let detail = try await web.get("/v1/calls/\(call["id"]?.stringValue ?? "")")
            try expectNoSecrets(of: playground, in: detail.text, "call detail")
        }
        try expectNoSecrets(of: playground, in: events.text + page.text, "journal and page")
        server.kill(SIGTERM)
        #expect(try await server.ended() == 0, "\(server.output)")
        try expectNoSecrets(of: playground, in: server.output, "log")
        let lines = server.output.split(separator: "\n").filter { $0.contains("\"message\":\"call\"") }
        #expect(lines.count > 5, "one line for every call that was retried, failed or changed something")
        #expect(lines.allSatisfy { (try? JSONValue.parse(String($0))) != nil })
        for file in try FileManager.default.subpathsOfDirectory(atPath: playground.stateFolder.path) {
            let bytes =
                FileManager.default.contents(atPath: playground.stateFolder.appending(path: file).path) ?? Data()
            try expectNoSecrets(of: playground, in: String(decoding: bytes, as: UTF8.self), file)
        }
        vendors.kill(SIGKILL)
    }

    @Test("a rotated secret is used without a restart")
    func rotation() async throws {
        let playground = try Playground()
        try await playground.setSecrets()
        let vendors = try await playground.startVendors()
        let server = try await playground.startServer()
        let web = Web(port: playground.port, token: try await playground.token(["call:geocoder.*"]))
        let question: JSONValue = ["query": ["q": "Alexanderplatz"]]
        let before = try await web.post("/v1/calls/geocoder.search", question)
        #expect(before.status == 200, "\(before.text)")
        _ = try await Web(port: playground.vendorPorts[0]).post("/_control/keys", ["keys": ["rotated-key-0001"]])
        let refused = try await web.post("/v1/calls/geocoder.search", question)
        #expect(refused.status >= 500, "\(refused.text)")
        let rotated = try await playground.footing(["secret", "set", "geocoder-key"], input: "rotated-key-0001")
        #expect(rotated.status == 0, "\(rotated.output)")
        let after = try await web.post("/v1/calls/geocoder.search", question)
        #expect(after.status == 200, "\(after.text)")
        #expect(!server.output.contains("rotated-key-0001"))
        vendors.kill(SIGKILL)
    }

    @Test("a vendor's SDK needs only another base address and key; the token never reaches the vendor")
    func passThrough() async throws {
        let playground = try Playground()
        try await playground.setSecrets()
        let vendors = try await playground.startVendors()
        let server = try await playground.startServer()
        let token = try await playground.token(["call:geocoder.search", "call:transit.*"])
        let web = Web(port: playground.port)
        let key = try #require(FieldName("X-Api-Key"))
        let answer = try await web.get("/p/geocoder/v1/search?q=Alexanderplatz", [key: token])
        #expect(answer.status == 200, "\(answer.text)")
        #expect(answer.json["results"]?[0]?["position"]?["lat"]?.doubleValue != nil)
        let scopeless = try await web.get("/p/rents/v1/areas", [.authorization: "Bearer \(token)"])
        #expect(scopeless.status == 403)
        #expect(scopeless.json["code"] == "scope_missing")
        for path in [
            "/p/geocoder/v1/../_control/stats", "/p/geocoder/%2e%2e/_control/stats", "/p/geocoder/v1%2fsearch?q=x",
        ] {
            #expect(try await web.get(path, [key: token]).status == 400, "\(path)")
        }
        let matrix = try await web.post(
            "/v1/calls/transit.matrix",
            [
                "body": [
                    "origins": [["id": "mitte", "lat": 52.52, "lon": 13.4]],
                    "destination": ["lat": 52.5219, "lon": 13.4132], "mode": "transit",
                ]
            ],
            [.authorization: "Bearer \(token)"])
        #expect(matrix.status == 202, "a slow operation becomes a task: \(matrix.text)")
        #expect(server.isRunning)
        vendors.kill(SIGKILL)
    }

    private func expectNoSecrets(of playground: Playground, in text: String, _ place: String) throws {
        for (name, value) in playground.secrets {
            let encoded = Data(value.utf8).base64EncodedString()
            #expect(!text.contains(value) && !text.contains(encoded), "\(name) is in \(place)")
        }
    }

    private func pdfText(_ bytes: [UInt8]) throws -> String {
        let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).pdf")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(bytes).write(to: file)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["pdftotext", "-layout", file.path, "-"]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self)
    }
}
