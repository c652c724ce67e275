import Contracts
import Testing

@Suite("Amending a contract")
struct ContractAmendmentTests {
    private static let contract = """
        {
          "type": "object",
          "required": ["areas", "unit"],
          "properties": {
            "unit": { "enum": ["EUR", "USD"] },
            "areas": {
              "type": "array",
              "items": { "$ref": "#/$defs/area" }
            },
            "at": {"type": "string", "format": "date"},
            "closed": {"type": "object", "additionalProperties": false, "properties": {}}
          },
          "$defs": {
            "area": {
              "type": "object",
              "required": [ "id", "rent" ],
              "properties": {
                "id": { "type": "string" },
                "rent": { "type": "integer", "exclusiveMinimum": 0, "maximum": 5000 },
                "kind": { "const": "flat" }
              }
            }
          }
        }

        """

    /// A payload that departs from the contract, and the lines that letting it through changes.
    struct Case: Sendable, CustomTestStringConvertible {
        let what: String
        let payload: JSONValue
        let removed: [String]
        let added: [String]
        var testDescription: String { what }
    }

    private static func payload(_ area: JSONValue, _ more: JSONObject = [:]) -> JSONValue {
        var object: JSONObject = ["areas": [area], "unit": "EUR"]
        for (name, value) in more { object[name] = value }
        return .object(object)
    }

    private static let cases = [
        Case(
            what: "a missing member", payload: payload(["id": "a"]),
            removed: [#"      "required": [ "id", "rent" ],"#], added: [#"      "required": ["id"],"#]),
        Case(
            what: "another type", payload: payload(["id": nil, "rent": 1]),
            removed: [#"        "id": { "type": "string" },"#],
            added: [#"        "id": { "type": ["string", "null"] },"#]),
        Case(
            what: "a fraction", payload: payload(["id": "a", "rent": 1.5]),
            removed: [#"        "rent": { "type": "integer", "exclusiveMinimum": 0, "maximum": 5000 },"#],
            added: [#"        "rent": { "type": "number", "exclusiveMinimum": 0, "maximum": 5000 },"#]),
        Case(
            what: "a new word", payload: payload(["id": "a", "rent": 1], ["unit": "CHF"]),
            removed: [#"    "unit": { "enum": ["EUR", "USD"] },"#],
            added: [#"    "unit": { "enum": ["EUR", "USD", "CHF"] },"#]),
        Case(
            what: "another constant", payload: payload(["id": "a", "rent": 1, "kind": "house"]),
            removed: [#"        "kind": { "const": "flat" }"#],
            added: [#"        "kind": { "enum": ["flat", "house"] }"#]),
        Case(
            what: "no date", payload: payload(["id": "a", "rent": 1], ["at": "soon"]),
            removed: [#"    "at": {"type": "string", "format": "date"},"#], added: [#"    "at": {"type": "string"},"#]),
        Case(
            what: "a larger number", payload: payload(["id": "a", "rent": 6000]),
            removed: [#"        "rent": { "type": "integer", "exclusiveMinimum": 0, "maximum": 5000 },"#],
            added: [#"        "rent": { "type": "integer", "exclusiveMinimum": 0, "maximum": 6000 },"#]),
        Case(
            what: "the limit itself", payload: payload(["id": "a", "rent": 0]),
            removed: [#"        "rent": { "type": "integer", "exclusiveMinimum": 0, "maximum": 5000 },"#],
            added: [#"        "rent": { "type": "integer", "maximum": 5000, "minimum": 0 },"#]),
        Case(
            what: "a new member", payload: payload(["id": "a", "rent": 1, "deposit": ["amount": 2, "held": true]]),
            removed: [#"        "kind": { "const": "flat" }"#],
            added: [
                #"        "kind": { "const": "flat" },"#,
                #"        "deposit": {"#, #"          "type": "object","#, #"          "properties": {"#,
                #"            "amount": {"#, #"              "type": "number""#, #"            },"#,
                #"            "held": {"#, #"              "type": "boolean""#, #"            }"#, #"          }"#,
                #"        }"#,
            ]),
        Case(
            what: "a member that was forbidden",
            payload: payload(["id": "a", "rent": 1], ["closed": ["x": "secret text"]]),
            removed: [#"    "closed": {"type": "object", "additionalProperties": false, "properties": {}}"#],
            added: [
                #"    "closed": {"type": "object", "additionalProperties": false, "properties": {"#, #"      "x": {"#,
                #"        "type": "string""#, #"      }"#, #"    }}"#,
            ]),
    ]

    @Test("the smallest change lets the payload through and touches no other line", arguments: cases)
    func smallest(test: Case) throws {
        let schema = try Schema.compile(JSONValue.parse(Self.contract))
        let findings = Drift.findings(schema: schema, document: test.payload)
        #expect(!findings.isEmpty)
        var amendment = try ContractAmendment(Self.contract)
        for finding in findings {
            let outcome = amendment.apply(ObservedDrift(finding))
            guard case .changed = outcome else {
                Issue.record("\(finding): \(outcome)")
                continue
            }
            #expect(amendment.apply(ObservedDrift(finding)) == .settled)
        }
        let amended = try Schema.compile(JSONValue.parse(amendment.text))
        #expect(Drift.findings(schema: amended, document: test.payload) == [])
        let (before, after) = (Self.lines(Self.contract), Self.lines(amendment.text))
        let difference = after.difference(from: before)
        #expect(difference.removals.map(\.line) == test.removed)
        #expect(difference.insertions.map(\.line) == test.added)
        #expect(!amendment.text.contains("secret text"))
    }

    private static func lines(_ text: String) -> [String] {
        text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    @Test("free text never gets into a contract; a person is asked")
    func freeText() throws {
        let contract = #"{"properties": {"name": {"enum": ["a"]}}}"#
        let findings = Drift.findings(
            schema: try Schema.compile(JSONValue.parse(contract)), document: ["name": "Mara Muster, Hauptstr. 1"])
        var amendment = try ContractAmendment(contract)
        #expect(
            amendment.apply(ObservedDrift(findings[0])) == .leftToPerson("the value is free text, which is not kept"))
        #expect(amendment.text == contract)
    }

    @Test("what was seen is described by types alone and grows with what comes")
    func observed() throws {
        let schema = try Schema.compile(["properties": [:], "additionalProperties": false])
        let seen = try [
            JSONValue.object(["a": 1, "b": ["x", nil], "mail": "a@b.example", "ids": ["4711": true, "4712": false]]),
            ["a": 1.5, "c": true],
        ].map { try #require(Drift.findings(schema: schema, document: ["new": $0]).first?.observed) }
        #expect(
            ObservedSchema.merge(seen[0], seen[1]) == [
                "type": "object",
                "properties": [
                    "a": ["type": "number"], "b": ["type": "array", "items": ["type": ["string", "null"]]],
                    "mail": ["type": "string"],
                    "ids": ["type": "object", "additionalProperties": ["type": "boolean"]],
                    "c": ["type": "boolean"],
                ],
            ])
    }

    @Test("what is large beyond measure is described by its type")
    func large() throws {
        let schema = try Schema.compile(["properties": ["a": true]])
        var deep: JSONValue = 1
        for _ in 0..<60 { deep = .object(["a member with a name of seventy letters": deep]) }
        var wide = JSONObject()
        for number in 0..<5000 { wide["name\(number)x"] = ["a": ["b": 1]] }
        for value in [.object(wide), .object(["x": .array([JSONValue](repeating: deep, count: 9))])] as [JSONValue] {
            let observed = try #require(Drift.findings(schema: schema, document: ["new": value]).first?.observed)
            #expect(observed.text.utf8.count < 9000 && observed["type"] == "object")
        }
    }

    @Test("a member that was only ever null may become anything")
    func null() throws {
        let contract = #"{"properties": {"a": true}}"#
        let findings = Drift.findings(schema: try Schema.compile(JSONValue.parse(contract)), document: ["b": nil])
        var amendment = try ContractAmendment(contract)
        #expect(amendment.apply(ObservedDrift(findings[0])) == .changed("describe the member /b"))
        #expect(try JSONValue.parse(amendment.text)["properties"]?["b"] == [:])
    }

    @Test("a map's names stay out of it: one finding for all, and a person decides about new ones")
    func maps() throws {
        let contract = #"{"properties": {"by": {"additionalProperties": {"type": "integer"}}}}"#
        let schema = try Schema.compile(JSONValue.parse(contract))
        var names = JSONObject()
        for number in 0..<900 { names["user\(number)@example.org"] = "x" }
        let findings = Drift.findings(schema: schema, document: ["by": .object(names), "a@b.example": 1])
        #expect(findings.map(\.pointer) == ["/by/*", "/*"])
        var amendment = try ContractAmendment(contract)
        #expect(amendment.apply(ObservedDrift(findings[0])) == .changed("let /by/* be string too"))
        guard case .leftToPerson = amendment.apply(ObservedDrift(findings[1])) else {
            Issue.record("a map's name was proposed")
            return
        }
    }

    @Test("a change that lets nothing more through is known as such")
    func loosening() throws {
        let contract = #"{"type": "integer", "allOf": [{"enum": [1, 2]}]}"#
        var amendment = try ContractAmendment(contract)
        #expect(!amendment.loosens)
        let findings = Drift.findings(schema: try Schema.compile(JSONValue.parse(contract)), document: "a b")
        let type = try #require(findings.first { $0.kind == .type })
        #expect(amendment.apply(ObservedDrift(type)) == .changed("let the payload be string too"))
        #expect(!amendment.loosens)
        var other = try ContractAmendment(#"{"type": "integer"}"#)
        #expect(other.apply(ObservedDrift(type)) == .changed("let the payload be string too"))
        #expect(other.loosens)
    }

    @Test("undocumented calls are told apart by their path, not by what is in it")
    func endpoints() {
        let first = DriftFinding.undocumented(method: "GET", path: "/v1/users/8271/posts?q=secret")
        let second = DriftFinding.undocumented(method: "GET", path: "/v1/users/99/posts")
        #expect(first.seen == "GET /v1/users/*/posts")
        #expect(first.shape == second.shape)
    }

    @Test("each kind can be treated by itself; additive changes fail no call unless asked to")
    func policy() throws {
        let schema = try Schema.compile([
            "required": ["a"], "properties": ["a": ["type": "string"], "d": ["type": "string", "format": "date"]],
        ])
        let findings = Drift.findings(schema: schema, document: ["d": "soon", "new": 1])
        #expect(Set(findings.map(\.kind)) == [.missing, .format, .unknownField])
        func actions(_ policy: DriftPolicy) -> [DriftFinding.Kind: DriftAction] {
            Dictionary(uniqueKeysWithValues: findings.map { ($0.kind, policy.action(for: $0)) })
        }
        #expect(actions(.fail) == [.missing: .fail, .format: .fail, .unknownField: .record])
        #expect(actions(.record) == [.missing: .record, .format: .record, .unknownField: .record])
        let own = DriftPolicy(breaks: .alert, kinds: [.format: .ignore, .unknownField: .fail])
        #expect(actions(own) == [.missing: .alert, .format: .ignore, .unknownField: .fail])
        #expect(own.isFailure(findings))
        #expect(DriftPolicy(breaks: .ignore).minds == false)
        #expect(DriftPolicy.fail.action(for: .undocumented(status: 203, declared: ["200"])) == .alert)
    }
}

extension CollectionDifference<String>.Change {
    fileprivate var line: String {
        switch self {
        case .insert(_, let line, _), .remove(_, let line, _): line
        }
    }
}
