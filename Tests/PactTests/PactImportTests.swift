import Contracts
import Imports
import Testing

@testable import Pact

@Suite("Pacts as imports")
struct PactImportTests {
    private static func interaction(
        _ description: String, _ request: JSONValue, status: Int = 200, body: JSONValue = ["rent": 5]
    ) -> JSONValue {
        [
            "description": .string(description), "request": request,
            "response": ["status": JSONValue(status), "body": body],
        ]
    }

    private static func api(_ interactions: JSONValue...) throws -> ImportedAPI {
        let file = try PactFileReader.read([
            "consumer": ["name": "shop"], "provider": ["name": "Rents"], "interactions": .array(interactions),
            "metadata": ["pactSpecification": ["version": "3.0.0"]],
        ])
        return ImportedAPI(file)
    }

    @Test("interactions become operations with contracts from their rules and their requests as examples")
    func operations() throws {
        let api = try Self.api(
            Self.interaction(
                "one rent",
                [
                    "method": "get", "path": "/v1/rents/12", "query": ["unit": ["m2"], "api_key": ["abc"]],
                    "headers": ["Authorization": "Bearer tok_4eC39HqLyjWDarjtT1zdp7dc"],
                ]),
            Self.interaction("another rent", ["method": "GET", "path": "/v1/rents/13"], body: ["rent": 5.5]),
            Self.interaction("no rent", ["method": "GET", "path": "/v1/rents/14"], status: 404, body: ["no": 1]))
        let operation = try #require(api.operations.first)
        #expect(api.operations.count == 1 && api.title == "Rents" && api.format == "Pact 3")
        #expect(api.auth == .bearer && api.errorStatuses == [404])
        #expect(operation.path == "/v1/rents/{rent_id}" && operation.about == "one rent")
        #expect(
            operation.examples.map { "\($0.name) \($0.input.text)" } == [
                #"one-rent {"path":{"rent_id":"12"},"query":{"unit":"m2"}}"#,
                #"another-rent {"path":{"rent_id":"13"}}"#,
            ])
        // Only the first asks with a unit, so that none is required.
        #expect(operation.query == ["type": "object", "properties": ["unit": ["type": "string"]]])
        guard case .schema(let answer) = operation.answer else {
            Issue.record("no contract")
            return
        }
        #expect(answer["properties"]?["rent"] == ["type": "number"])
        #expect(try Schema.compile(answer).accepts(["rent": 1]) && !Schema.compile(answer).accepts(["no": 1]))
    }

    @Test("a part of the path that a rule lets vary is a parameter")
    func paths() throws {
        let api = try Self.api(
            Self.interaction(
                "an area",
                [
                    "method": "GET", "path": "/v1/areas/mitte",
                    "matchingRules": ["path": all(["match": "regex", "regex": "^\\/v1\\/areas\\/[a-z]+$"])],
                ]), Self.interaction("all", ["method": "GET", "path": "/"]))
        #expect(api.operations.map(\.path) == ["/v1/areas/{area_id}", "/"])
        #expect(api.operations[0].examples.map(\.input) == [["path": ["area_id": "mitte"]]])
    }

    @Test("what is not understood is said, and what shows a key is no example")
    func leftOut() throws {
        let api = try Self.api(
            Self.interaction(
                "a login", ["method": "POST", "path": "/login", "body": ["password": "hunter2", "user": "ann"]]),
            Self.interaction(
                "odd", ["method": "GET", "path": "/odd", "matchingRules": ["path": all(["match": "telepathy"])]]))
        #expect(api.operations.allSatisfy { !$0.examples.contains { $0.input.text.contains("hunter2") } })
        #expect(api.notes.contains { $0.message.hasPrefix("not understood: ") })
    }

    @Test("a plan writes the provider with the pact's address, and needs one to be given")
    func plan() throws {
        let api = try Self.api(Self.interaction("it", ["method": "GET", "path": "/v1/rents"]))
        var settings = ImportSettings(provider: "rents", source: "rents.json")
        let error = #expect(throws: ImportError.self) {
            try ImportPlan.make(api, settings) { _ in nil }
        }
        #expect(error?.message.contains("names no address") == true)
        settings.sandbox = "http://127.0.0.1:9001"
        let plan = try ImportPlan.make(api, settings) { _ in nil }
        #expect(
            plan.files.map(\.path) == [
                "contracts/rents/get-v1-rents.answer.json", "providers/rents.yaml", "contracts/rents/import.json",
            ])
    }

    @Test("paths and methods that mean harm do not get into the inventory")
    func hostile() throws {
        let api = try Self.api(
            Self.interaction("dots", ["method": "GET", "path": "/../../etc/passwd"]),
            Self.interaction("braces", ["method": "GET", "path": "/a/{b}/{b}"]),
            Self.interaction("query", ["method": "GET", "path": "/a?b=c#d"]))
        for operation in api.operations {
            #expect(!operation.path.contains("..") && !operation.path.contains("?"))
            #expect(operation.method == "GET")
        }
    }
}
