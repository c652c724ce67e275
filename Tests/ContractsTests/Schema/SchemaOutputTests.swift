import Contracts
import TestSupport
import Testing

@Suite("Standard output formats")
struct SchemaOutputTests {
    @Test("the suite's output cases", arguments: [SchemaDraft.draft2019, .draft2020])
    func outputSuite(draft: SchemaDraft) throws {
        let name = draft == .draft2019 ? "draft2019-09" : "draft2020-12"
        guard let folder = Suites.folder("json-schema-test-suite/output-tests/" + name) else { return }
        let meta = try JSONValue.parse(try Suites.bytes(folder + "/output-schema.json"))
        let remotes = [try #require(meta["$id"]?.stringValue): meta]
        let formats = try Schema.compile(meta)
        var count = 0
        for file in Suites.files(in: folder + "/content") {
            for group in try JSONValue.parse(try Suites.bytes(folder + "/content/" + file)).arrayValue ?? [] {
                let schema = try Schema.compile(group["schema"] ?? nil, options: SchemaOptions(assertsFormats: false))
                for test in group["tests"]?.arrayValue ?? [] {
                    let data = test["data"] ?? nil
                    for (name, expected) in test["output"]?.objectValue?.entries ?? [] {
                        let format = try #require(Schema.OutputFormat(rawValue: name))
                        let output = schema.output(data, format: format)
                        let wanted = try Schema.compile(expected, remotes: remotes)
                        #expect(wanted.validate(output) == [], "\(file): \(output.pretty())")
                        count += 1
                    }
                    for format in Schema.OutputFormat.allCases {
                        #expect(formats.accepts(schema.output(data, format: format)))
                    }
                }
            }
        }
        print("json-schema \(name) output: \(count) of 4")
        #expect(count == 4)
    }

    @Test("the suite's annotation cases", arguments: [("2019", SchemaDraft.draft2019), ("2020", .draft2020)])
    func annotationSuite(year: String, draft: SchemaDraft) throws {
        guard let folder = Suites.folder("json-schema-test-suite/annotations/tests") else { return }
        var (count, right, left) = (0, 0, 0)
        for file in Suites.files(in: folder) {
            for group in try JSONValue.parse(try Suites.bytes(folder + "/" + file))["suite"]?.arrayValue ?? [] {
                let assertions = group["tests"]?.arrayValue?.flatMap { $0["assertions"]?.arrayValue ?? [] } ?? []
                guard Self.fits(group["compatibility"]?.stringValue, year) else {
                    left += assertions.count
                    continue
                }
                let remotes = Dictionary(
                    uniqueKeysWithValues: group["externalSchemas"]?.objectValue?.entries.map { ($0.key, $0.value) }
                        ?? [])
                let schema = try Schema.compile(
                    group["schema"] ?? nil, remotes: remotes,
                    options: SchemaOptions(assertsFormats: false, draft: draft))
                for test in group["tests"]?.arrayValue ?? [] {
                    let output = schema.output(test["instance"] ?? nil, format: .basic)
                    for assertion in test["assertions"]?.arrayValue ?? [] {
                        count += 1
                        let found = Self.annotations(
                            output, assertion["location"]?.stringValue ?? "", assertion["keyword"]?.stringValue ?? "",
                            Self.identifiers(group["schema"] ?? nil))
                        if .object(found) == assertion["expected"] {
                            right += 1
                        } else {
                            Issue.record("\(file): \(group["description"]!): \(assertion) but \(found) in \(output)")
                        }
                    }
                }
            }
        }
        print("json-schema annotations \(year): \(right) of \(count), \(left) are for other drafts")
        #expect(count + left == 87)
    }

    /// What the output tells under a keyword of the value at a place: by the location of the schema.
    private static func annotations(
        _ output: JSONValue, _ location: String, _ keyword: String, _ identifiers: [String: String]
    ) -> JSONObject {
        var found = JSONObject()
        for unit in output["annotations"]?.arrayValue ?? [] {
            let ending = "/" + keyword
            guard unit["instanceLocation"] == .string(location),
                let place = unit["absoluteKeywordLocation"]?.stringValue,
                place.hasSuffix(ending), let value = unit["annotation"]
            else { continue }
            let schema = String(place.dropLast(ending.count))
            let mark = schema.firstIndex(of: "#") ?? schema.endIndex
            found["#" + (identifiers[String(schema[..<mark])] ?? "") + schema[mark...].dropFirst()] = value
        }
        return found
    }

    /// Where in the schema the parts of `$defs` stand that have an identifier.
    private static func identifiers(_ schema: JSONValue) -> [String: String] {
        let base = schema["$id"]?.stringValue ?? ""
        let folder = base[..<(base.lastIndex(of: "/") ?? base.startIndex)]
        var found: [String: String] = [:]
        for (name, part) in schema["$defs"]?.objectValue?.entries ?? [] {
            if let id = part["$id"]?.stringValue { found["\(folder)/\(id)"] = "/$defs/" + name }
        }
        return found
    }

    private static func fits(_ compatibility: String?, _ year: String) -> Bool {
        let year = Int(year) ?? 0
        return (compatibility ?? "").split(separator: ",").allSatisfy { part in
            let number = Int(part.drop { $0 == "<" || $0 == "=" }) ?? 0
            if part.hasPrefix("<=") { return year <= number }
            return part.hasPrefix("=") ? year == number : year >= number
        }
    }

    @Test("the four forms of one fault")
    func forms() throws {
        let schema = try Schema.compile([
            "properties": ["a": ["$ref": "#/$defs/text"], "b": ["anyOf": [["type": "null"], ["minimum": 3]]]],
            "$defs": ["text": ["type": "string", "title": "A text"]],
        ])
        #expect(schema.output(["a": 1], format: .flag) == ["valid": false])
        #expect(
            schema.output(["a": 1], format: .detailed) == [
                "valid": false, "keywordLocation": "/properties/a/$ref/type",
                "absoluteKeywordLocation": "json-schema:///#/$defs/text/type", "instanceLocation": "/a",
                "error": "string is expected, not integer",
            ])
        let basic = schema.output(["a": 1, "b": 2], format: .basic)
        #expect(
            basic["errors"]?.arrayValue?.compactMap { $0["keywordLocation"]?.stringValue } == [
                "/properties/a/$ref/type", "/properties/b/anyOf", "/properties/b/anyOf/0/type",
                "/properties/b/anyOf/1/minimum",
            ])
        let valid = schema.output(["a": "x"], format: .basic)
        #expect(valid["valid"] == true)
        #expect(
            valid["annotations"]?.arrayValue?.contains {
                $0["annotation"] == "A text" && $0["instanceLocation"] == "/a"
            } == true)
        #expect(schema.output(["a": 1], format: .verbose)["errors"]?.arrayValue?.count == 1)
    }

    @Test("a schema that refers to itself without end, and one that goes on for ever, give an answer")
    func bounded() throws {
        let endless = try Schema.compile(["$ref": "#"])
        #expect(endless.output(1, format: .basic)["valid"] == false)
        let doubling = try Schema.compile([
            "$ref": "#/$defs/a", "$defs": ["a": ["items": ["anyOf": [["$ref": "#/$defs/a"], ["$ref": "#/$defs/a"]]]]],
        ])
        var value: JSONValue = 1
        for _ in 0..<60 { value = [value] }
        #expect(doubling.output(value, format: .flag)["valid"] == doubling.output(value, format: .basic)["valid"])
    }
}
