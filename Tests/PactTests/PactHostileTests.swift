import Contracts
import TestSupport
import Testing

@testable import Pact

@Suite("Pact files and contents that mean harm")
struct PactHostileTests {
    @Test("contents that nest too deeply are a difference, not a crash")
    func deepContents() throws {
        let deep = Array(String(repeating: "[", count: 50_000).utf8)
        let example = PactContent(body: .present(Array("[]".utf8), .json))
        #expect(example.mismatches(with: PactContent(body: .present(deep, .json)), isStrict: false).count == 1)
        let xml = Array(String(repeating: "<a>", count: 50_000).utf8)
        let element = PactContent(body: .present(Array("<a/>".utf8), .xml))
        #expect(
            element.mismatches(with: PactContent(body: .present(xml, .xml)), isStrict: false).map(\.words)
                == ["the content cannot be read: elements nest too deeply at line 1"])
        #expect(throws: PactError.self) { try PactFileReader.read(deep) }
    }

    @Test("document types are refused, so that no entity is ever expanded or fetched")
    func entities() {
        let bomb = """
            <?xml version="1.0"?>
            <!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;"><!ENTITY d SYSTEM "file:///etc/passwd">]>
            <a>&c;&d;</a>
            """
        #expect(throws: XMLError(message: "document types are not read", line: 2)) {
            try XMLReader.read(Array(bomb.utf8))
        }
        #expect(throws: XMLError.self) { try XMLReader.read(Array("<a>&b;</a>".utf8)) }
    }

    @Test("a pattern that makes others explode is answered at once")
    func catastrophe() throws {
        let rules: JSONValue = ["$.a": all(["match": "regex", "regex": "(a+)+(b|c)*(a|a)*x"])]
        let text = String(repeating: "a", count: 30_000)
        #expect(try differences(["a": "x"], ["a": .string(text)], rules: rules).count == 1)
        let long = String(repeating: "a", count: PactRule.searchLimit + 1)
        #expect(
            try differences(["a": "x"], ["a": .string(long)], rules: rules)
                == ["body $.a: the text is too long to be searched"])
    }

    @Test("variants inside variants come to an end, and what was not looked at is a difference")
    func variants() {
        var rules = PactRules()
        rules.add(.root, PactRuleList(rules: [.type(min: nil, max: nil)]))
        var value: JSONValue = 1
        for _ in 0..<8 {
            let variants = (0..<3).map { PactRule.Variant(index: $0, rules: rules) }
            rules = PactRules()
            rules.add(.root, PactRuleList(rules: [.arrayContains(variants), .arrayContains(variants)]))
            value = [value, value, value]
        }
        var comparison = PactComparison(.body, isStrict: false, stepLimit: 2000)
        comparison.json(value, value, RuleScope(rules))
        #expect(comparison.mismatches.contains { $0.words == "no element is like the variant at 0" })
        var whole = PactComparison(.body, isStrict: false, stepLimit: 1_000_000)
        whole.json([1, 2], [2, 1], RuleScope(PactRules()))
        #expect(whole.count == 2)
    }

    @Test("many differences are counted, few are kept")
    func manyDifferences() throws {
        let numbers = (0..<5000).map { JSONValue($0) }
        let others = (0..<5000).map { JSONValue($0 + 1) }
        #expect(try differences(.array(numbers), .array(others)).count == PactComparison.shown)
    }

    @Test(
        "broken XML is told with its line",
        arguments: [
            "", "text", "<a>", "<a></b>", "<a/><b/>", "<a b=1/>", "<a b='1' b='2'/>", "<a b='<'/>", "<a>&#0;</a>",
            "<x:a/>", "<a>]]", "<a><![CDATA[x</a>", "<!-- x", "<a b></a>", "<1/>", "<a\u{0}/>", "<a>&amp</a>",
            "<?xml version=\"1.0\" encoding=\"UTF-16\"?><a/>",
        ])
    func brokenXML(text: String) {
        #expect(throws: XMLError.self) { try XMLReader.read(Array(text.utf8)) }
    }

    @Test("XML keeps names, texts and references apart from how they are written")
    func soundXML() throws {
        let text =
            "\u{FEFF}<?xml version='1.0' encoding='utf-8'?><!-- c --><p:a xmlns:p='urn:x' p:k=\"1 &lt; 2\" l='&#x41;'>"
            + " one <b/><![CDATA[<two>]]> </p:a>"
        let element = try XMLReader.read(Array(text.utf8))
        #expect(element.name == XMLName(namespace: "urn:x", local: "a"))
        #expect(element.attribute(XMLName(namespace: "urn:x", local: "k")) == "1 < 2")
        #expect(element.attribute(XMLName(namespace: nil, local: "l")) == "A")
        #expect(element.children.map(\.name.local) == ["b"])
        #expect(element.text == "one<two>")
    }

    @Test("any bytes at all are read or refused, never more")
    func anyBytes() throws {
        var numbers = SeededRandom(seed: 1)
        let seed = Array("<a b='1' xmlns:c=\"d\"><c:e>&lt;x</c:e><![CDATA[y]]><!--z--></a>".utf8)
        for _ in 0..<3000 {
            var bytes = seed
            for _ in 0..<Int.random(in: 1...6, using: &numbers) {
                let place = Int.random(in: 0..<bytes.count, using: &numbers)
                bytes[place] = UInt8.random(in: 0...255, using: &numbers)
                if Bool.random(using: &numbers) { bytes.remove(at: place) }
                if bytes.isEmpty { break }
            }
            _ = try? XMLReader.read(bytes)
        }
    }

    @Test("a method that would be another request, and sizes without bound, are refused or bounded")
    func methodsAndSizes() throws {
        #expect(throws: PactError.self) {
            try pact(request: ["method": "GET /x HTTP/1.1\r\nHost: y\r\n\r\nGET", "path": "/"], response: [:])
        }
        let file = try pact(
            response: [
                "status": 200, "body": ["list": [1]],
                "matchingRules": [
                    "body": ["$.list": ["matchers": [["match": "type", "min": 9_223_372_036_854_775_807]]]]
                ],
            ])
        let schema = try Schema.compile(["type": "object"])
        let checkup = PactCheckup(file) { _, _ in
            (PactContract(name: "rents.get", path: nil, query: nil, body: nil, response: schema), [:])
        }
        #expect(!checkup.cases().isEmpty)
    }

    @Test("what differs in a credential is told without the credential")
    func credentials() throws {
        let agreed = try pact(
            request: [
                "method": "GET", "path": "/", "query": ["api_key": ["agreed-key"], "page": ["1"]],
                "headers": ["Authorization": "Bearer agreed-token", "X-Trace": "a"],
            ], response: [:])
        guard case .http(let request, _) = agreed.interactions[0].kind else { return }
        var headers = PactValues()
        headers.add("Authorization", ["Bearer real-token"])
        headers.add("X-Trace", ["b"])
        var query = PactValues()
        query.add("api_key", ["real-key"])
        query.add("page", ["2"])
        let came = PactRequest(method: "GET", path: "/", query: query, content: PactContent(headers: headers))
        let told = request.mismatches(with: came).map(\.description)
        #expect(told.count == 4)
        #expect(told.contains(#"query page: expected "1", not "2""#), "\(told)")
        #expect(!told.contains { $0.contains("agreed-") || $0.contains("real-") }, "\(told)")
    }
}
