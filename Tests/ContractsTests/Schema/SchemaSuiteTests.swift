import Contracts
import TestSupport
import Testing

@Suite("The public JSON Schema suite: 8,327 cases of five drafts")
struct SchemaSuiteTests {
    /// One draft's folder, and how many cases of each kind it has.
    struct Draft: Sendable, CustomTestStringConvertible {
        let draft: SchemaDraft
        let folder: String
        let required: Int
        let optional: Int
        let formats: Int

        var testDescription: String { folder }
    }

    private static let drafts = [
        Draft(draft: .draft4, folder: "draft4", required: 618, optional: 100, formats: 219),
        Draft(draft: .draft6, folder: "draft6", required: 839, optional: 106, formats: 325),
        Draft(draft: .draft7, folder: "draft7", required: 927, optional: 118, formats: 676),
        Draft(draft: .draft2019, folder: "draft2019-09", required: 1259, optional: 158, formats: 757),
        Draft(draft: .draft2020, folder: "draft2020-12", required: 1299, optional: 162, formats: 764),
    ]

    private struct Case {
        let name: String
        let schema: JSONValue
        let data: JSONValue
        let isValid: Bool
    }

    private static func cases(in folder: String) throws -> [Case] {
        var cases: [Case] = []
        for file in Suites.files(in: folder) where !file.contains("/") {
            for group in try JSONValue.parse(try Suites.bytes(folder + "/" + file)).arrayValue ?? [] {
                for test in group["tests"]?.arrayValue ?? [] {
                    let parts = [group["description"], test["description"]].map { $0?.stringValue ?? "" }
                    cases.append(
                        Case(
                            name: "\(file): \(parts[0]): \(parts[1])", schema: group["schema"] ?? nil,
                            data: test["data"] ?? nil, isValid: test["valid"] == true))
                }
            }
        }
        return cases
    }

    private static let remotes: [String: JSONValue] = {
        guard let folder = Suites.folder("json-schema-test-suite/remotes") else { return [:] }
        var remotes: [String: JSONValue] = [:]
        for file in Suites.files(in: folder) {
            let json = (try? Suites.bytes(folder + "/" + file)).flatMap { try? JSONValue.parse($0) }
            remotes["http://localhost:1234/" + file] = json
        }
        return remotes
    }()

    /// Runs all cases of a folder every way there is; a case that cannot be run is wrong.
    private static func wrong(_ path: String, options: SchemaOptions) throws -> (count: Int, wrong: [String])? {
        guard let folder = Suites.folder("json-schema-test-suite/tests/" + path) else { return nil }
        let scratch = JSONScratch()
        var wrong: [String] = []
        let cases = try cases(in: folder)
        var compiled: [JSONValue: Result<Schema, SchemaError>] = [:]
        for test in cases {
            let schema =
                compiled[test.schema]
                ?? Result { () throws(SchemaError) in
                    try Schema.compile(test.schema, remotes: remotes, options: options)
                }
            compiled[test.schema] = schema
            switch schema {
            case .failure(let error):
                wrong.append("\(test.name): \(error)")
            case .success(let schema):
                let document = JSONDocument(test.data)
                let violations = schema.validate(document)
                let verdict = test.data.encoded().withUnsafeBytes { schema.check($0, with: scratch) }
                let output = schema.output(document, format: .basic)
                if schema.accepts(document) != test.isValid || violations.isEmpty != test.isValid
                    || output["valid"] != .bool(test.isValid)
                    || verdict.isValid != test.isValid || scratch.value != test.data
                {
                    wrong.append("\(test.name): \(violations) \(verdict)")
                }
            }
        }
        return (cases.count, wrong)
    }

    @Test("required cases", arguments: drafts)
    func required(draft: Draft) throws {
        let options = SchemaOptions(assertsFormats: false, draft: draft.draft)
        guard let result = try Self.wrong(draft.folder, options: options) else { return }
        print("json-schema \(draft.folder) required: \(result.count - result.wrong.count) of \(draft.required)")
        #expect(result.wrong == [])
        #expect(result.count == draft.required)
    }

    @Test("optional cases", arguments: drafts)
    func optional(draft: Draft) throws {
        let options = SchemaOptions(assertsFormats: false, draft: draft.draft)
        guard let result = try Self.wrong(draft.folder + "/optional", options: options) else { return }
        print("json-schema \(draft.folder) optional: \(result.count - result.wrong.count) of \(draft.optional)")
        #expect(result.wrong == [])
        #expect(result.count == draft.optional)
    }

    @Test("format cases", arguments: drafts)
    func formats(draft: Draft) throws {
        let options = SchemaOptions(draft: draft.draft)
        guard let result = try Self.wrong(draft.folder + "/optional/format", options: options) else { return }
        print("json-schema \(draft.folder) format: \(result.count - result.wrong.count) of \(draft.formats)")
        #expect(result.wrong == [])
        #expect(result.count == draft.formats)
    }
}
