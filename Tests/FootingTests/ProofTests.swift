import ArgumentParser
import Contracts
import TestSupport
import Testing

@testable import footing

@Suite("Proofs on the command line")
struct ProofTests {
    private static let plain = Terminal(descriptor: -1, isTerminal: false, variable: { $0 == "LANG" ? "C.UTF-8" : nil })

    @Test("the table names what is not proven and why, and ends with one sentence; hostile words stay words")
    func table() {
        let report = ProofReport(
            title: "contract test", started: "",
            cases: [
                ProofCase(subject: "a.get", kind: "example", name: "one", faults: []),
                ProofCase(subject: "a.pay", kind: "example", name: "one", verdict: .skipped, words: "it pays"),
                ProofCase(subject: "a.pay", kind: "evidence", name: "payload", verdict: .unproven, words: "no answer"),
                ProofCase(
                    subject: "bb.list", kind: "edge", name: "x\u{1B}[2J", faults: (1...7).map { "fault \($0)" }),
            ])
        #expect(
            ProofTable(report: report).lines(on: Self.plain) == [
                "✓ a.get    1 passed",
                "▲ a.pay    1 unproven, 1 skipped",
                "  skipped: example, one",
                "    it pays",
                "  unproven: evidence, payload",
                "    no answer",
                "✗ bb.list  1 failed",
                "  failed: edge, x?[2J",
                "    fault 1", "    fault 2", "    fault 3", "    fault 4", "    fault 5", "    and 2 more",
                "",
                "✗ 1 of 3 proven, 1 failed, 1 unproven (4 cases).",
            ])
        #expect(ProofTable(report: report).failure?.status == .failed)
    }

    @Test("an unproven report fails only where it is strict, an empty one proves nothing")
    func strict() {
        let unproven = ProofReport(
            title: "t", started: "",
            cases: [ProofCase(subject: "a", kind: "k", name: "n", verdict: .unproven, words: "w")])
        #expect(ProofTable(report: unproven).failure == nil)
        #expect(ProofTable(report: unproven, strict: true).failure != nil)
        #expect(ProofTable(report: ProofReport(title: "t", started: "", cases: [])).sentence == "Nothing was tried.")
    }

    @Test("recorded examples are written once and read back; a file that is none is named")
    func recordedFolder() throws {
        let folder = try TemporaryFolder()
        try Files.makeFolder(folder.path + "/footing")
        try Files.makeFolder(folder.path + "/footing/contracts")
        let recorded = RecordedFolder(ProjectFolder(path: folder.path))
        #expect(try recorded.examples().isEmpty)
        let example = RecordedExample(
            request: ["query": ["q": "x"]], status: 200, contentType: nil, body: ["a": 1])
        #expect(try recorded.keep(example, of: "rents.get"))
        #expect(try !recorded.keep(example, of: "rents.get"))
        #expect(try recorded.examples() == ["rents.get": [example]])
        let file = folder.path + "/footing/contracts/recorded/rents.get/other.json"
        try Files.write(Array("{}".utf8), to: file)
        #expect(throws: Failure.self) { try recorded.examples() }
    }

    @Test("a language, an environment and a length that do not exist are refused before anything happens")
    func arguments() {
        for words in [
            ["types", "--lang", "cobol"], ["types"], ["types", "--lang", "ts", "--check"],
            ["contract", "test", "--env", "moon"], ["contract", "record", "--for", "2h"],
        ] {
            #expect(throws: (any Error).self) { try Footing.parseAsRoot(words) }
        }
        #expect(throws: Never.self) { try Footing.parseAsRoot(["contract", "test", "--json", "a.json", "--strict"]) }
    }
}
