import Contracts
import Foundation
import Testing

@Suite("Contracts, tested with the real program")
struct ContractTests {
    @Test("contract test proves the example project with one command, inside its own process and through a server")
    func test() async throws {
        let playground = try Playground()
        let vendors = try await playground.startVendors()
        defer { vendors.kill(SIGTERM) }
        try await playground.setSecrets()
        try? FileManager.default.removeItem(at: playground.folder.appending(path: "footing/contracts/recorded"))
        let file = playground.folder.appending(path: "report.json").path
        let own = ["contract", "test", "--provider", "rents", "--json", file]

        let without = try await playground.footing(own + ["--strict"], knowsServer: false)
        #expect(without.status == 1, "\(without.output)")
        #expect(try report(file).subjects.map(\.verdict) == [.passed, .passed, .unproven])
        let with = try await playground.footing(own + ["--strict", "--writes"], knowsServer: false)
        #expect(with.status == 0, "\(with.output)")
        #expect(!with.output.contains(playground.secrets["rents-key"] ?? "?"))

        let server = try await playground.startServer()
        defer { server.kill(SIGTERM) }
        let through = try await playground.footing(["contract", "test", "--strict", "--writes", "--json", file])
        #expect(through.status == 0, "\(through.output)")
        #expect(try report(file).subjects.map(\.name).count == 5)
        let score = try await playground.footing(["score", "--json"])
        let check = try JSONValue.parse(score.output)["checks"]?[5]
        #expect(check?["verdict"] == "proven", "\(score.output)")
    }

    @Test("a vendor that changed its answer is found")
    func drift() async throws {
        let playground = try Playground()
        let vendors = try await playground.startVendors()
        defer { vendors.kill(SIGTERM) }
        try await playground.setSecrets()
        let contract = playground.folder.appending(path: "footing/contracts/rent.json")
        try String(contentsOf: contract, encoding: .utf8)
            .replacing(#""year": { "type": "integer""#, with: #""year": { "type": "string""#)
            .write(to: contract, atomically: true, encoding: .utf8)
        let result = try await playground.footing(["contract", "test", "--operation", "get"], knowsServer: false)
        #expect(result.status == 1)
        #expect(
            result.output.contains("contract_broken") && result.output.contains("(/year: expected"), "\(result.output)")
    }

    @Test("a change of a vendor fails calls until it is accepted; the running server takes the contract in by itself")
    func accept() async throws {
        let playground = try Playground()
        let vendors = try await playground.startVendors()
        defer { vendors.kill(SIGTERM) }
        try await playground.setSecrets()
        let server = try await playground.startServer()
        defer { server.kill(SIGTERM) }
        let web = Web(port: playground.port, token: try await playground.token(["admin"]))
        _ = try await Web(port: playground.vendorPorts[2]).post("/_control/drift", ["on": true])

        let broken = try await web.get("/p/rents/v1/rents/wedding")
        #expect(broken.status == 502 && broken.json["code"] == "contract_broken", "\(broken.text)")
        try await eventually("it is proposed") {
            let list = try await playground.footing(["contract", "ls", "--json"], knowsServer: false)
            return try JSONValue.parse(list.output)["proposals"]?.arrayValue?.isEmpty == false ? true : nil
        }
        let page = try await web.get("/v1/drift").json
        #expect(page["state"] == "fail", "\(page.text)")
        let finding = try #require(page["findings"]?.arrayValue?.first)
        let detail = try await web.get("/v1/drift/rents.get/\(finding["shape"]?.stringValue ?? "")").json
        #expect(detail["sample"]?.objectValue != nil, "\(detail.text)")
        let show = try await playground.footing(["contract", "show", "rents.get"], knowsServer: false)
        #expect(show.status == 0 && show.output.contains("Next: footing contract accept"), "\(show.output)")
        let accepted = try await playground.footing(["contract", "accept", "rents.get", "--yes"], knowsServer: false)
        #expect(accepted.status == 0, "\(accepted.output)")
        try await eventually("the call goes through") {
            try await web.get("/p/rents/v1/rents/wedding").json["code"] != "contract_broken" ? true : nil
        }
        try await eventually("nothing is left of it") {
            let page = try await web.get("/v1/drift").json
            return page["findings"]?.arrayValue?.isEmpty == true ? page : nil
        }
        #expect(!server.output.contains(playground.secrets["rents-key"] ?? "?"))
    }

    @Test("examples are recorded from calls that pass, found by the tests, and hold no secret")
    func record() async throws {
        let playground = try Playground()
        let vendors = try await playground.startVendors()
        defer { vendors.kill(SIGTERM) }
        try await playground.setSecrets()
        let folder = playground.folder.appending(path: "footing/contracts/recorded")
        try? FileManager.default.removeItem(at: folder)
        let server = try await playground.startServer()
        defer { server.kill(SIGTERM) }
        async let recording = playground.footing(["contract", "record", "--for", "6s", "--provider", "geocoder"])
        try await eventually("an example is there", within: .seconds(20)) {
            try await playground.footing(["call", "geocoder.search", "--query", "q=Alexanderplatz"])
            return FileManager.default.fileExists(atPath: folder.appending(path: "geocoder.search").path) ? true : nil
        }
        _ = try await recording
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.appending(path: "geocoder.search").path)
        #expect(names.count == 1)
        let text = try String(
            contentsOf: folder.appending(path: "geocoder.search").appending(path: names[0]), encoding: .utf8)
        #expect(text.contains("Alexanderplatz") && !text.contains(playground.secrets["geocoder-key"] ?? "?"))
        let test = try await playground.footing(["contract", "test", "--provider", "geocoder"])
        #expect(test.status == 0, "\(test.output)")
    }

    @Test("the Swift client that footing types writes compiles and calls a running server")
    func swiftClient() async throws {
        let playground = try Playground()
        let vendors = try await playground.startVendors()
        defer { vendors.kill(SIGTERM) }
        try await playground.setSecrets()
        let server = try await playground.startServer()
        defer { server.kill(SIGTERM) }
        let client = playground.folder.appending(path: "FootingClient.swift")
        #expect(try await playground.footing(["types", "--lang", "swift", "--out", client.path]).status == 0)
        #expect(
            try await playground.footing(["types", "--lang", "swift", "--out", client.path, "--check"]).status == 0)
        let main = playground.folder.appending(path: "main.swift")
        try """
        let footing = FootingClient(FootingURLTransport(baseURL: CommandLine.arguments[1], token: CommandLine.arguments[2]))
        let rent = try await footing.rents.get(RentsGetInput(path: RentsGetPath(area: "wedding")))
        print("rent", rent.name, rent.rent > 0, rent.quality == .estimate || rent.quality == .published)
        let task = try await footing.transit.matrix(TransitMatrixInput(body: TransitMatrixBody(
            origins: [TransitMatrixBodyOriginsItem(id: "wedding", lat: 52.55, lon: 13.356)],
            destination: TransitMatrixBodyDestination(lat: 52.5219, lon: 13.4132))))
        print("matrix", try await task.result().rows.first?.id ?? "none")
        do {
            _ = try await footing.rents.get(RentsGetInput(path: RentsGetPath(area: "!")))
        } catch let problem as FootingProblem {
            print("problem", problem.code, problem.source ?? "", problem.errors.first?.pointer ?? "")
        }
        """.write(to: main, atomically: true, encoding: .utf8)
        let program = playground.folder.appending(path: "client")
        guard let compiler = Self.find("swiftc") else { return print("skipped: there is no swiftc on this machine") }
        let compile = try RunningProcess(
            compiler, ["-swift-version", "6", "-o", program.path, main.path, client.path])
        #expect(try await compile.ended(within: .seconds(300)) == 0, "\(compile.output)")
        let token = try await playground.token(["call:*"])
        let run = try RunningProcess(program, [playground.address.absoluteString, token])
        #expect(try await run.ended() == 0, "\(run.output)")
        try await eventually("the client has said everything: \(run.output)") {
            run.output.contains("problem input_invalid caller /path/area") ? true : nil
        }
        #expect(run.output.contains("rent Wedding true true"))
        #expect(run.output.contains("matrix wedding"))
    }

    private func report(_ file: String) throws -> ProofReport {
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: file)))
        return try #require(ProofReport(json: JSONValue.parse(bytes)))
    }

    private static func find(_ name: String) -> URL? {
        (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
            .map { URL(fileURLWithPath: String($0)).appending(path: name) }
            .first { FileManager.default.isExecutableFile(atPath: $0.path) }
    }
}
