import Contracts
import Imports
import Testing

@Suite("Postman collections")
struct PostmanTests {
    static let collection = """
        {"info": {"name": "Shop", "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"},
         "auth": {"type": "bearer", "bearer": [{"key": "token", "value": "tok_4eC39HqLyjWDarjtT1zdp7dc", "type": "string"}]},
         "variable": [{"key": "host", "value": "api.shop.example"}, {"key": "base", "value": "https://{{host}}/v1"}],
         "item": [
          {"name": "Orders", "item": [
           {"name": "Get order", "request": {"method": "GET", "description": "One order. Really.",
             "url": {"raw": "{{base}}/orders/:order_id?expand=lines&api_key=abc", "host": ["{{base}}"], "path": ["orders", ":order_id"],
              "query": [{"key": "expand", "value": "lines"}, {"key": "api_key", "value": "abc"}]}},
            "response": [
             {"name": "ok", "code": 200, "body": "{\\"id\\": 1, \\"total\\": 2.5, \\"note\\": null}"},
             {"name": "ok2", "code": 200, "body": "{\\"id\\": 2, \\"total\\": 3, \\"note\\": \\"x\\", \\"extra\\": true}"},
             {"name": "none", "code": 404, "body": "{\\"error\\": 1}"}]},
           {"name": "Make order", "request": {"method": "POST", "url": "{{base}}/orders",
             "body": {"mode": "raw", "raw": "{\\"total\\": 5}"}}, "response": []}]},
          {"name": "Elsewhere", "request": {"method": "GET", "url": "https://other.example/x"}, "response": []},
          {"name": "Form", "request": {"method": "POST", "url": "{{base}}/forms", "body": {"mode": "urlencoded", "urlencoded": []}}}
         ]}
        """

    @Test("requests become operations, in folders and with variables")
    func operations() throws {
        let api = try Documents.postman(Self.collection)
        #expect(api.servers.map(\.url) == ["https://api.shop.example/v1"])
        #expect(api.auth == .bearer)
        #expect(api.operations.map(\.name) == ["get-order", "make-order", "form"])
        #expect(api.operation("get-order")?.path == "/orders/{order_id}")
        #expect(api.operation("get-order")?.about == "One order")
        #expect(api.operation("get-order")?.query?["properties"]?.objectValue?.keys == ["expand"])
        #expect(api.errorStatuses == [404])
        #expect(api.leftOut == 1)
        #expect(api.notes.contains { $0.subject == "form" && $0.message.contains("x-www-form-urlencoded") })
    }

    @Test("contracts are proposed from saved examples of successes")
    func proposals() throws {
        let api = try Documents.postman(Self.collection)
        let answer = try #require(api.schema(api.operation("get-order")?.answer))
        #expect(answer["required"] == ["id", "total", "note"])
        #expect(answer["properties"]?["note"] == ["type": ["string", "null"]])
        #expect(answer["properties"]?["total"] == ["type": "number"])
        var folder = Folder()
        try folder.take(api)
        #expect(
            folder.files["contracts/proposed/shop.get-order.answer.json"]?.contains("not in force until accepted")
                == true)
        #expect(folder.files["contracts/proposed/shop.make-order.request.json"] != nil)
        #expect(try folder.tree()["operations"]?["get-order"]?["response"] == nil)
        #expect(!folder.files.values.joined().contains("4eC39HqLyjWDarjtT1zdp7dc"))
        folder.files["contracts/proposed/shop.get-order.answer.json"] = nil
        #expect(try folder.take(api).isEmpty)
    }

    @Test("what is no collection says what to do")
    func faults() {
        for text in ["{}", "{\"info\": {\"schema\": \"v1.0.0\"}, \"item\": []}", "{\"info\": {}, \"item\": [5]}"] {
            let error = #expect(throws: ImportError.self) { try Documents.postman(text) }
            #expect(error?.advice?.contains("v2.1") == true)
        }
    }

    private static func collection(_ item: String) -> String {
        """
        {"info": {"name": "Shop", "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"},
         "variable": [{"key": "base", "value": "https://api.shop.example"}, {"key": "unit", "value": "m2"}],
         "item": [\(item)]}
        """
    }

    @Test("saved responses of successes are the operation's examples, with their names and their requests' values")
    func examples() throws {
        let api = try Documents.postman(
            Self.collection(
                """
                {"name": "Change order", "request": {"method": "PUT", "url": {"raw": "{{base}}/orders/:id?unit={{unit}}&off=1",
                  "variable": [{"key": "id", "value": "o 1"}],
                  "query": [{"key": "unit", "value": "{{unit}}"}, {"key": "off", "value": "1", "disabled": true}]},
                  "body": {"mode": "raw", "raw": "{\\"n\\": 1}"}},
                 "response": [
                  {"name": "As it was!", "code": 200, "body": "{}"},
                  {"name": "More", "code": 201, "body": "{}", "originalRequest": {"method": "PUT",
                    "url": {"raw": "{{base}}/orders/:id", "variable": [{"key": "id", "value": "o2"}]},
                    "body": {"mode": "raw", "raw": "{\\"n\\": 2}"}}},
                  {"name": "Refused", "code": 422, "body": "{}", "originalRequest": {"method": "PUT",
                    "url": {"raw": "{{base}}/orders/:id", "variable": [{"key": "id", "value": "o3"}]}}}]}
                """))
        #expect(
            api.operations[0].shown == [
                #"as-it-was {"path":{"id":"o 1"},"query":{"unit":"m2"},"body":{"n":1}}"#,
                #"more {"path":{"id":"o2"},"body":{"n":2}}"#,
            ])
    }

    @Test(
        "a request alone is an example, unless a variable is unknown or something looks like a key",
        arguments: [
            (#"{"raw": "{{base}}/things?q=a%20b"}"#, "", 1), (#"{"raw": "{{base}}/things?q={{who}}"}"#, "", 0),
            (#"{"raw": "{{base}}/things/{{thing}}"}"#, "", 0), (#"{"raw": "{{base}}/things/:id"}"#, "", 0),
            (#"{"raw": "{{base}}/things?q=1"}"#, #"{\"who\": \"{{who}}\"}"#, 0),
            (#"{"raw": "{{base}}/things?q=1"}"#, #"{\"password\": \"hunter2\"}"#, 0),
            (#"{"raw": "{{base}}/things?q=sk_test_4eC39HqLyjWDarjtT1zdp7dc"}"#, "", 0),
        ])
    func alone(_ url: String, _ body: String, _ count: Int) throws {
        let content = body.isEmpty ? "" : #", "body": {"mode": "raw", "raw": "\#(body)"}"#
        let api = try Documents.postman(
            Self.collection(#"{"name": "Try", "request": {"method": "POST", "url": \#(url)\#(content)}}"#))
        #expect(api.operations[0].examples.count == count)
    }
}
