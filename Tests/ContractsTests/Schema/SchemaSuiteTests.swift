import Contracts
import Testing

@Suite("The public JSON Schema suite, draft 2020-12")
struct SchemaSuiteTests {
    private struct Case {
        let file: String
        let group: String
        let schema: JSONValue
        let description: String
        let data: JSONValue
        let isValid: Bool
    }

    private static func cases(in folder: String) throws -> [Case] {
        var cases: [Case] = []
        for file in Suites.files(in: folder) where !file.contains("/") {
            for group in try JSONValue.parse(try Suites.bytes(folder + "/" + file)).arrayValue ?? [] {
                for test in group["tests"]?.arrayValue ?? [] {
                    cases.append(
                        Case(
                            file: file, group: group["description"]?.stringValue ?? "",
                            schema: group["schema"] ?? nil, description: test["description"]?.stringValue ?? "",
                            data: test["data"] ?? nil, isValid: test["valid"] == true))
                }
            }
        }
        return cases
    }

    private static func remotes() throws -> [String: JSONValue] {
        guard let folder = Suites.folder("json-schema-test-suite/remotes") else { return [:] }
        var remotes: [String: JSONValue] = [:]
        for file in Suites.files(in: folder) {
            remotes["http://localhost:1234/" + file] = try JSONValue.parse(try Suites.bytes(folder + "/" + file))
        }
        return remotes
    }

    /// Runs all cases of a folder both ways; gives how many were right and what went wrong.
    private static func run(_ path: String, options: SchemaOptions) throws -> (right: Int, all: Int, wrong: [String])? {
        guard let folder = Suites.folder("json-schema-test-suite/tests/draft2020-12" + path) else { return nil }
        let remotes = try remotes()
        var wrong: [String] = []
        let cases = try cases(in: folder)
        var compiled: [JSONValue: Result<Schema, SchemaError>] = [:]
        for test in cases {
            let name = "\(test.file): \(test.group): \(test.description)"
            let schema =
                compiled[test.schema]
                ?? Result { () throws(SchemaError) in
                    try Schema.compile(test.schema, remotes: remotes, options: options)
                }
            compiled[test.schema] = schema
            switch schema {
            case .failure(let error):
                wrong.append("\(name): \(error)")
            case .success(let schema):
                let document = JSONDocument(test.data)
                let violations = schema.validate(document)
                if schema.accepts(document) != test.isValid || violations.isEmpty != test.isValid {
                    wrong.append("\(name): \(violations)")
                }
            }
        }
        return (cases.count - wrong.count, cases.count, wrong)
    }

    @Test("all required cases")
    func required() throws {
        guard let result = try Self.run("", options: SchemaOptions(assertsFormats: false)) else { return }
        print("json-schema 2020-12: \(result.right) of \(result.all)")
        #expect(result.wrong == [])
        #expect(result.all > 1200)
    }

    @Test("optional cases, but for a reference to an older draft")
    func optional() throws {
        guard let result = try Self.run("/optional", options: SchemaOptions(assertsFormats: false)) else { return }
        print("json-schema 2020-12 optional: \(result.right) of \(result.all)")
        #expect(result.wrong.map { $0.prefix(16) } == ["cross-draft.json"])
    }

    @Test("format cases, but for internationalised names and templates")
    func formats() throws {
        guard let result = try Self.run("/optional/format", options: .default) else { return }
        print("json-schema 2020-12 formats: \(result.right) of \(result.all)")
        let gaps = ["hostname", "idn-hostname", "idn-email", "uri-template", "ecmascript-regex"]
        let wrong = result.wrong.filter { line in !gaps.contains { line.hasPrefix($0 + ".json") } }
        #expect(wrong == [])
        #expect(result.right >= 672)
    }
}
