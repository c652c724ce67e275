import Testing

@testable import Inventory

@Suite("A secret's value in a file is an error that never shows it")
struct SecretFindingsTests {
    @Test("wherever it was pasted", arguments: SecretScanTests.samples)
    func everywhere(value: String) throws {
        let files = [
            [
                "footing.yaml": "project: a\nsecrets: { a: \"\(value)\" }\n",
                "providers/rents.yaml": provider("auth: { bearer: \"\(value)\" }\n# \(value)"),
            ],
            ["footing.yaml": "project: a\n\(value.replacing("/", with: "")): 1\n"],
            ["footing.yaml": "project: \"\(value)\"\nlisten: \"\(value)\"\n"],
            ["providers/rents.yaml": provider("auth: { header: \"\(value)\", secret: \"\(value)\" }\nabout: \(value)")],
            ["providers/rents.yaml": provider("auth: \"\(value)\"\nlimits: { rate: \"\(value)\" }")],
        ]
        for set in files {
            let project = try TemporaryProject(set)
            let result = project.load()
            #expect(result.project == nil)
            #expect(result.errors.contains { $0.message.contains("never belongs in a file") })
            let everything = String(describing: result.findings) + result.findings.map(\.path).joined()
            #expect(!everything.contains(value), "\(result.findings)")
        }
    }

    @Test("a short value under secrets or auth is not shown either")
    func short() throws {
        let found = try findings([
            "footing.yaml": "project: a\nsecrets:\n  a: Hunter2\n",
            "providers/rents.yaml": provider("auth: { bearer: Tr0ub4dor }"),
        ])
        #expect(found.count == 2)
        #expect(found.allSatisfy { !$0.contains("Hunter2") && !$0.contains("Tr0ub4dor") })
        #expect(found.first?.contains("\"a\" is text that cannot be used; expected {} or") == true)
    }

    @Test("in a contract file only known prefixes count")
    func contracts() throws {
        let operations = "  a: { method: GET, path: /a, response: contracts/x.json }\n"
        let key = SecretScanTests.samples[0]
        let random = SecretScanTests.samples[8]
        let found = try findings([
            "providers/rents.yaml": provider(operations: operations),
            "contracts/x.json": "{\n\"examples\": [\"\(random)\",\n\"\(key)\"] }",
        ])
        #expect(found.count == 1)
        #expect(found.first?.hasPrefix("footing/contracts/x.json:3:2: error: this looks like a Stripe key") == true)
    }
}
