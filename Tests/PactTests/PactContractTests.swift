import Contracts
import Imports
import Testing

@testable import Pact

@Suite("Pacts and contracts")
struct PactContractTests {
    @Test("rules become a schema")
    func schema() throws {
        let file = try pact(
            response: [
                "body": [
                    "n": 1, "d": 1.5, "s": "x", "r": "a1", "at": "2026-01-01", "list": [["k": 1]], "any": ["de": 1],
                    "plain": true,
                ],
                "matchingRules": [
                    "body": [
                        "$.n": all(["match": "integer"]), "$.d": all(["match": "decimal"]),
                        "$.s": all(["match": "type"]),
                        "$.r": all(["match": "regex", "regex": "a\\d"]), "$.at": all(["match": "date"]),
                        "$.list": all(["match": "type", "min": 1, "max": 9]),
                        "$.any": all(["match": "eachValue", "rules": [["match": "number"]]]),
                    ]
                ],
            ])
        guard case .http(_, let response) = file.interactions[0].kind else {
            Issue.record("no HTTP")
            return
        }
        let schema = try #require(PactSchema.schema(of: response.content))
        #expect(schema["properties"]?["n"] == ["type": "integer"])
        #expect(schema["properties"]?["d"] == ["type": "number"])
        #expect(schema["properties"]?["r"] == ["type": "string", "pattern": "^(?:a\\d)$"])
        #expect(schema["properties"]?["at"] == ["type": "string", "format": "date"])
        #expect(schema["properties"]?["list"]?["minItems"] == 1)
        #expect(schema["properties"]?["list"]?["items"]?["properties"]?["k"] == ["type": "number"])
        #expect(schema["properties"]?["any"] == ["type": "object", "additionalProperties": ["type": "number"]])
        #expect(schema["required"]?.arrayValue?.count == 8)
        let body = try JSONValue.parse(try #require(response.content.body.bytes))
        #expect(try Schema.compile(schema).accepts(body))
    }

    @Test("schemas of several examples allow each of them")
    func merging() throws {
        let examples: [JSONValue] = [
            ["a": 1, "b": ["x"]], ["a": 1.5, "c": nil], ["a": nil, "b": [["y": 1]]], "text", ["b": []],
        ]
        let schemas = examples.map { PactSchema.schema($0, RuleScope(PactRules())) }
        let merged = try #require(SchemaUnion.schema(schemas))
        let schema = try Schema.compile(merged)
        for example in examples { #expect(schema.accepts(example), "\(merged)") }
        #expect(!schema.accepts(["a": "x"]))
    }

    @Test("a pact is compared with contracts: examples, and rules that allow more")
    func checkup() throws {
        let file = try pact(
            request: [
                "method": "POST", "path": "/watches", "query": ["n": ["3"]], "body": ["max": 900],
                "matchingRules": ["body": ["$.max": all(["match": "type"])]],
            ],
            response: [
                "status": 200, "body": ["state": "new"], "matchingRules": ["body": ["$.state": all(["match": "type"])]],
            ])
        let contract = PactContract(
            name: "rents.create-watch", path: nil,
            query: PactContract.Values(
                schema: try Schema.compile(["properties": ["n": ["type": "integer", "maximum": 2]]]),
                read: { text, _ in (try? JSONValue.parse(text)) ?? .string(text) }),
            body: try Schema.compile(["properties": ["max": ["type": "integer", "minimum": 0]]]),
            response: try Schema.compile([
                "properties": ["state": ["enum": ["new", "old"]]], "required": ["state", "id"],
            ]))
        let cases = PactCheckup(file) { method, path in
            method == "POST" && path == "/watches" ? (contract, [:]) : nil
        }.cases()
        #expect(
            cases.map(\.kind) == ["request of rents.create-watch", "answer of rents.create-watch", "matching rules"])
        #expect(cases.map(\.verdict) == [.failed, .passed, .unproven])
        #expect(cases[2].faults.count == 5)
        let unknown = PactCheckup(file) { _, _ in nil }.cases()
        #expect(unknown.map(\.words) == [#"the inventory has no operation for POST "/watches""#])
    }
}
