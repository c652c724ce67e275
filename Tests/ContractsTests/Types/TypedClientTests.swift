import Contracts
import Inventory
import Testing

@Suite("Typed client")
struct TypedClientTests {
    @Test("what is written for hostile names, circles and unions compiles as strict TypeScript")
    func typeScriptCompiles() throws {
        guard let compiler = Compiler.typeScript else { return }
        #expect(try compiler.complaints(about: TypedClient(.typeScript).text(of: HostileProject.project())) == "")
        #expect(try compiler.complaints(about: TypedClient(.typeScript).text(of: Project(name: "empty"))) == "")
    }

    @Test("what is written for hostile names, circles and unions compiles as Swift 6")
    func swiftCompiles() throws {
        guard let compiler = Compiler.swift else { return }
        #expect(try compiler.complaints(about: TypedClient(.swift).text(of: HostileProject.project())) == "")
        #expect(try compiler.complaints(about: TypedClient(.swift).text(of: Project(name: "empty"))) == "")
    }

    @Test("the same inventory always gives the same text", arguments: TypedClient.Language.allCases)
    func isStable(_ language: TypedClient.Language) throws {
        let text = try TypedClient(language).text(of: HostileProject.project())
        #expect(try TypedClient(language).text(of: HostileProject.project()) == text)
    }

    @Test("one provider's operations come without tasks")
    func onlyOne() throws {
        let text = try TypedClient(.typeScript).text(of: HostileProject.project(), providers: ["a-b"])
        #expect(text.contains("readonly aB = {"))
        #expect(!text.contains("readonly tasks = {"))
        #expect(!text.contains("\"/v1/calls/class.get\""))
    }

    @Test("a model's type is derived from the contract through paths, defaults, conversions and jq")
    func models() throws {
        let contract = #"""
            {"type": "object", "required": ["a", "items"], "properties": {
              "a": {"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}, "note": {"type": "string"}}},
              "items": {"type": "array", "minItems": 1, "items": {"type": "object", "required": ["n"],
                "properties": {"n": {"type": "integer"}, "tag": {"enum": ["x", "y"]}}}}}}
            """#
        let mapping = #"""
            {"id": "$.a.id", "note": "$.a.note", "first": "$.items[0].n", "second": "$.items[1].n",
             "tag": {"pick": "$.items[0].tag", "default": "x"}, "at": {"pick": "$.a.note", "convert": "time"},
             "price": {"pick": "$.items[0].n", "convert": {"money": "EUR"}}, "odd": "$.nowhere",
             "rows": {"jq": "[.items[] | {n, label: (.tag // \"none\")}]"}, "count": {"jq": ".items | length"}}
            """#
        let text = try Self.typeScript(contract, mapping)
        #expect(
            text.hasPrefix(
                """
                export interface PGetAnswer {
                  id: string;
                  note: string | null;
                  first: number;
                  second: number | null;
                  tag: "x" | "y";
                  at: string | null;
                  price: {
                    amount: number;
                    currency: string;
                  };
                  odd: unknown;
                  rows: {
                    n: number;
                    label: string;
                  }[];
                  count: unknown;
                }
                """))
    }

    @Test("a program of a thousand objects in each other has some type, and an end")
    func deepProgram() throws {
        let program = String(repeating: "{a:", count: 5000) + "1" + String(repeating: "}", count: 5000)
        let text = try Self.typeScript(#"{"type": "object"}"#, #"{"deep": {"jq": "\#(program)"}}"#)
        #expect(text.contains("deep: unknown"))
    }

    @Test("a union of objects told apart by a constant, a map, a tuple and a circle have their types")
    func shapes() throws {
        let contract = #"""
            {"oneOf": [
              {"type": "object", "required": ["kind"], "properties": {"kind": {"const": "a"}, "to": {"$ref": "#"}}},
              {"type": "object", "required": ["kind", "at"], "additionalProperties": false,
               "properties": {"kind": {"const": "b"}, "at": {"type": "array", "prefixItems": [{"type": "number"},
               {"type": "number"}], "items": false, "minItems": 2}, "tags": {"type": "object",
               "additionalProperties": {"type": ["string", "null"]}}}}]}
            """#
        #expect(
            try Self.typeScript(contract, nil).hasPrefix(
                """
                export type PGetAnswer = {
                  kind: "a";
                  to?: PGetAnswer;
                } | {
                  kind: "b";
                  at: [number, number];
                  tags?: { [name: string]: string | null };
                };
                """))
    }

    /// The declarations of one operation's answer.
    private static func typeScript(_ contract: String, _ mapping: String?) throws -> Substring {
        let operation = Operation(
            name: "get", method: "GET", path: try PathTemplate("/"),
            response: JSONSource(text: contract, file: "", line: 1),
            model: mapping.map { JSONSource(text: $0, file: "", line: 1) })
        let project = Project(name: "p", providers: [Provider(name: "p", operations: [operation])])
        let text = try TypedClient(.typeScript).text(of: project)
        let start = try #require(
            text.firstRange(of: "export interface PGetAnswer") ?? text.firstRange(of: "export type PGetAnswer"))
        return text[start.lowerBound...]
    }
}
