import Contracts
import Foundation
import Gateway
import Inventory
import Logging
import Store
import TestSupport
import Testing

@testable import Review

@Suite("Drift becomes a proposal")
struct DriftDeskTests {
    private static let contract = """
        {
          "type": "object",
          "required": ["rent", "id"],
          "properties": { "id": {"type": "string"}, "rent": {"type": "number"} }
        }

        """

    /// A project with one operation whose contract is a file, and what the ledger and the desk make of its answers.
    private struct Scene {
        let folder: TemporaryFolder
        let store: SQLiteStore
        let desk: DriftDesk
        let ledger: Ledger
        let clock = ManualClock()
        let files: ProposalFolder
        let lines = LogLines()
        let live = LiveHub()

        init(inline: Bool = false, contract: String = DriftDeskTests.contract) async throws {
            folder = try TemporaryFolder()
            try folder.write("footing/contracts/rent.json", contract)
            store = try SQLiteStore.open(path: folder.path + "/state.db")
            let lines = lines
            let logger = Logger(label: "test") { _ in lines }
            desk = DriftDesk(
                project: try Self.project(folder, inline: inline), store: store, live: live, logger: logger,
                clock: clock)
            ledger = Ledger(store: store, live: live, logger: logger, clock: clock, desk: desk)
            files = ProposalFolder(project: folder.path)
        }

        static func project(
            _ folder: TemporaryFolder, inline: Bool = false, statuses: [String] = []
        ) throws -> Project {
            let text = try folder.text("footing/contracts/rent.json")
            let source = JSONSource(
                text: text, file: inline ? "footing/providers/rents.yaml" : "footing/contracts/rent.json",
                line: inline ? 12 : 1)
            let operation = Operation(
                name: "get", method: "GET", path: try PathTemplate("/v1/rent"), response: source,
                responses: statuses.map {
                    AnswerContract(status: $0, schema: JSONSource(text: "true", file: "x.json", line: 1))
                })
            return Project(
                name: "test", environment: .sandbox, providers: [Provider(name: "rents", operations: [operation])],
                folder: folder.path + "/footing")
        }

        /// An answer as the corridor reports it.
        func answer(_ payload: JSONValue) async throws {
            try report(payload)
            await ledger.flush()
        }

        func report(_ payload: JSONValue, asked: @escaping () -> Void = {}) throws {
            let schema = try Schema.compile(JSONValue.parse(try folder.text("footing/contracts/rent.json")))
            let findings = Drift.findings(schema: schema, document: payload)
            ledger.drifted(
                DriftReport(
                    provider: "rents", operation: "get", call: "c_1", at: clock.now(),
                    findings: findings.map { ($0, DriftPolicy.fail.action(for: $0)) },
                    payload: { _ in
                        asked()
                        return Redaction(schema: schema, keepsBackUnknown: true).redact(payload)
                    }))
        }
    }

    @Test("many answers that depart in one way are one finding and one proposed change, with a sample")
    func proposal() async throws {
        let scene = try await Scene()
        for rent in 1...20 { try await scene.answer(["id": "a", "rent": .string("EUR \(rent)")]) }
        let records = try await scene.store.drift(provider: "rents")
        #expect(records.map(\.count) == [20])
        #expect(records.first?.action == "fail")
        #expect(records.first?.sample == ["id": "a", "rent": "EUR 1"])
        let proposal = try #require(scene.files.find("rents.get"))
        #expect(proposal.changes.map(\.does) == ["let /rent be string too"])
        #expect(proposal.contract == "footing/contracts/rent.json")
        #expect(proposal.proposed?["properties"]?["rent"]?["type"] == ["number", "string"])
    }

    @Test("accepting changes one line of the file; after a reload nothing is left")
    func accept() async throws {
        let scene = try await Scene()
        try await scene.answer(["id": "a"])
        try await scene.answer(["id": "a", "rent": 1, "deposit": 2])
        let proposal = try #require(scene.files.find("rents.get"))
        let amendment = try scene.files.prepare(proposal)
        #expect(amendment.made == ["let /rent be missing", "describe the member /deposit"])
        try scene.files.accept(amendment)
        let text = try scene.folder.text("footing/contracts/rent.json")
        #expect(text.contains(#"  "required": ["id"],"#))
        #expect(text.contains(#""rent": {"type": "number"}, "deposit": {"type": "integer"} }"#))
        await scene.desk.adopt(try Scene.project(scene.folder))
        #expect(try await scene.store.drift(provider: nil).isEmpty)
        #expect(scene.files.all().isEmpty)
    }

    @Test("a contract that was changed by hand in the meantime is not overwritten")
    func meantime() async throws {
        let scene = try await Scene()
        try await scene.answer(["id": "a"])
        let amendment = try scene.files.prepare(try #require(scene.files.find("rents.get")))
        try scene.folder.write("footing/contracts/rent.json", "{}\n")
        #expect(throws: ProposalFolder.Fault.self) { try scene.files.accept(amendment) }
        #expect(try scene.folder.text("footing/contracts/rent.json") == "{}\n")
    }

    @Test("what was refused is counted on, and proposed no more")
    func reject() async throws {
        let scene = try await Scene()
        try await scene.answer(["id": "a"])
        try scene.files.reject(try #require(scene.files.find("rents.get")))
        await scene.desk.adopt(try Scene.project(scene.folder))
        try await scene.answer(["id": "a"])
        #expect(scene.files.find("rents.get")?.changes.isEmpty == true)
        #expect(try await scene.store.drift(provider: nil).map(\.count) == [2])
        try await scene.answer(["rent": 1])
        #expect(scene.files.find("rents.get")?.changes.map(\.does) == ["let /id be missing"])
    }

    @Test("a contract in the provider's file gets a file of its own")
    func inline() async throws {
        let scene = try await Scene(inline: true)
        try await scene.answer(["id": "a"])
        let proposal = try #require(scene.files.find("rents.get"))
        #expect(proposal.contract == nil)
        #expect(proposal.place == "footing/providers/rents.yaml:12")
        let amendment = try scene.files.prepare(proposal)
        #expect(amendment.isNew && amendment.made == ["let /rent be missing"])
        try scene.files.accept(amendment)
        let json = try JSONValue.parse(try scene.folder.text("footing/contracts/rents.get.answer.json"))
        #expect(json["required"] == ["id"])
    }

    @Test("the first and the last time are kept with the count")
    func times() async throws {
        let scene = try await Scene()
        try await scene.answer(["id": "a"])
        let first = scene.clock.now()
        scene.clock.advance(by: .seconds(90))
        try await scene.answer(["id": "b"])
        let record = try #require(try await scene.store.drift(provider: nil).first)
        #expect(record.count == 2 && record.first == first && record.last == scene.clock.now())
        let change = try #require(scene.files.find("rents.get")?.changes.first)
        #expect(change.count == 2 && change.first == first.description)
    }

    @Test("ten thousand shapes fill neither memory, table, log nor folder, and a payload is redacted once a call")
    func flood() async throws {
        let scene = try await Scene()
        var asked = 0
        for call in 0..<100 {
            var payload: JSONObject = ["id": "a", "rent": 1]
            for number in 0..<100 { payload["member\(call)x\(number)"] = 1 }
            try scene.report(.object(payload)) { asked += 1 }
        }
        await scene.ledger.flush()
        #expect(asked <= 3, "\(asked)")
        let kept = try await scene.store.drift(provider: nil)
        #expect(kept.count == DriftRecord.mostShapes)
        #expect(kept.count { $0.sample != nil } <= DriftRecord.mostSamples)
        #expect(scene.lines.all.count { $0.hasPrefix("drift ") } == 20)
        #expect(scene.lines.all.contains { $0.hasPrefix("more drift") && $0.contains("180") })
        #expect(scene.files.all().count == 1)
    }

    @Test("nothing personal and no secret gets into the store, the log, the live stream or a proposal")
    func hostile() async throws {
        let scene = try await Scene(
            contract: """
                {"type": "object", "properties": {
                  "mail": {"type": "string", "format": "email", "x-personal": true},
                  "income": {"type": "integer", "maximum": 10, "x-personal": true},
                  "rank": {"enum": ["dr"], "x-personal": true},
                  "debts": {"additionalProperties": {"type": "integer"}}
                }}
                """)
        let watched = scene.live.watch()
        try await scene.answer([
            "mail": "mara-at-home", "income": 987_654, "rank": "Freifrau", "debts": ["mara@home.example": "many"],
            "post": "Elm Street 5", "password": "sesame", "mara2@home.example": ["phone": "0301234567"],
        ])
        scene.live.close()
        var texts = scene.lines.all
        for await message in watched { texts.append(message.data.text) }
        let records = try await scene.store.drift(provider: nil)
        #expect(records.count == 7)
        texts += records.map { "\($0)" }
        let proposal = try #require(scene.files.find("rents.get"))
        texts += [
            proposal.json.text, try scene.files.prepare(proposal).after,
            DriftView.page(records, [proposal], titles: []).text,
        ]
        texts += records.map { DriftView.detail($0).text }
        for secret in ["mara", "987654", "Freifrau", "Elm Street", "sesame", "0301234567"] {
            for text in texts { #expect(!text.contains(secret), "\(secret) in \(text)") }
        }
        #expect(proposal.changes.count { $0.does != nil } == 4)
    }

    @Test("what would let nothing more through is not proposed: a person is told that it is forbidden twice")
    func nothingLoosened() async throws {
        let scene = try await Scene(
            contract: ##"""
                {"properties": {"rent": {"type": "number"}}, "allOf": [{"$ref": "#/$defs/a"}],
                 "$defs": {"a": {"properties": {"rent": {"enum": [5, 6]}}}}}
                """##)
        try await scene.answer(["rent": "EUR 5"])
        let proposal = try #require(scene.files.find("rents.get"))
        #expect(!proposal.isAcceptable && proposal.proposed == nil)
        #expect(proposal.changes.contains { $0.left == "another part of the contract forbids it too" })
        let amendment = try scene.files.prepare(proposal)
        #expect(amendment.made.isEmpty && amendment.after == amendment.before)
    }

    @Test("a contract that would not compile is not written, and nothing is left beside one that is")
    func whole() async throws {
        let scene = try await Scene()
        try await scene.answer(["id": "a"])
        let proposal = try #require(scene.files.find("rents.get"))
        let broken = #"{"required": ["rent"], "pattern": "("}"#
        try scene.folder.write("footing/contracts/rent.json", broken)
        #expect(throws: ProposalFolder.Fault.self) { try scene.files.prepare(proposal) }
        #expect(try scene.folder.text("footing/contracts/rent.json") == broken)
        try scene.folder.write("footing/contracts/rent.json", Self.contract)
        try scene.files.accept(try scene.files.prepare(proposal))
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: scene.folder.path + "/footing/contracts").sorted()
                == ["proposed", "rent.json"])
    }

    @Test("a status is forgotten once the inventory lists it")
    func status() async throws {
        let scene = try await Scene()
        scene.ledger.drifted(
            DriftReport(
                provider: "rents", operation: "get", call: "c_1", at: scene.clock.now(),
                findings: [(.undocumented(status: 409, declared: ["200"]), .alert)], payload: { _ in nil }))
        await scene.ledger.flush()
        #expect(try await scene.store.drift(provider: nil).map(\.seen) == ["409"])
        let change = try #require(scene.files.find("rents.get")?.changes.first)
        #expect(change.does == nil && change.left?.contains("under responses") == true)
        await scene.desk.adopt(try Scene.project(scene.folder, statuses: ["4xx"]))
        #expect(try await scene.store.drift(provider: nil).isEmpty)
        #expect(scene.files.all().isEmpty)
    }

    @Test(
        "a proposal from elsewhere cannot lead out of the inventory",
        arguments: [
            ["operation": "../../x.get"], ["operation": "rents./etc/x"], ["contract": "footing/../../x.json"],
            ["contract": "/etc/x.json"], ["contract": "footing//x.json"], ["contract": "footing/footing.yaml"],
            ["side": "../answer"],
        ] as [JSONValue])
    func foreign(change: JSONValue) {
        var json: JSONObject = [
            "operation": "rents.get", "side": "answer", "contract": "footing/contracts/x.json", "changes": [],
        ]
        #expect(ContractProposal(.object(json)) != nil)
        for (name, value) in change.objectValue ?? [:] { json[name] = value }
        #expect(ContractProposal(.object(json)) == nil)
    }

    @Test("a proposal is the same after it was written and read")
    func file() async throws {
        let scene = try await Scene()
        try await scene.answer(["id": nil, "deposit": ["amount": 1.5]])
        let proposal = try #require(scene.files.find("rents.get"))
        #expect(ContractProposal(proposal.json) == proposal)
        #expect(ContractProposal(["operation": "x"]) == nil)
    }

    @Test("a folder that cannot be written keeps the findings in the store")
    func readOnly() async throws {
        let scene = try await Scene()
        try scene.folder.write("footing/contracts/proposed", "a file where the folder should be")
        try await scene.answer(["id": "a"])
        #expect(try await scene.store.drift(provider: nil).count == 1)
    }
}

extension TemporaryFolder {
    fileprivate func text(_ name: String) throws -> String {
        String(decoding: try read(name), as: UTF8.self)
    }
}
