import Contracts
import Testing

@testable import Tasks

@Suite struct TemplateTests {
    private func render(_ text: String, _ data: JSONValue, escaped: Bool = true) throws -> String {
        try Template(text).render(data, escaped: escaped)
    }

    @Test("Values, sections, lists and nesting are filled in")
    func fills() throws {
        let data: JSONValue = [
            "name": "Alex", "count": 3, "price": 1.50, "yes": true, "no": false, "none": nil, "empty": [],
            "areas": [["name": "Mitte", "rent": 14.2], ["name": "Wedding", "rent": 12]], "deep": ["er": ["est": "x"]],
            "words": ["a", "b"],
        ]
        #expect(try render("{{name}} {{count}} {{price}} {{deep.er.est}}", data) == "Alex 3 1.5 x")
        #expect(try render("{{#areas}}{{name}}={{rent}};{{/areas}}", data) == "Mitte=14.2;Wedding=12;")
        #expect(try render("{{#words}}{{.}}{{^last()}},{{/last()}}{{/words}}", data) == "a,b")
        #expect(try render("{{#yes}}y{{/yes}}{{#no}}n{{/no}}{{^no}}N{{/no}}", data) == "yN")
        #expect(try render("{{#none}}x{{/none}}{{^none}}-{{/none}}{{^empty}}e{{/empty}}{{missing}}", data) == "-e")
        #expect(
            try render("{{! a comment }}\n  {{#areas}}\n  {{name}}\n  {{/areas}}\n", data) == "  Mitte\n  Wedding\n")
    }

    @Test("A number is put in with its own text")
    func numbers() throws {
        let number = try JSONValue.parse(#"{"n": 1234567890.10}"#)
        #expect(try render("{{n}}", number) == "1234567890.10")
    }

    @Test(
        "Data never acts as markup",
        arguments: [
            ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
            ("\" onload=\"x", "&quot; onload=&quot;x"), ("a'b`c&d", "a&#39;b&#96;c&amp;d"),
            ("\"\u{301} onload=\"\u{301}", "&quot;\u{301} onload=&quot;\u{301}"), ("{{name}}", "{{name}}"),
        ])
    func escapes(value: String, shown: String) throws {
        #expect(try Array(render("{{x}}", ["x": .string(value)]).utf8) == Array(shown.utf8))
        #expect(try Array(render("{{#list}}{{.}}{{/list}}", ["list": [.string(value)]]).utf8) == Array(shown.utf8))
    }

    @Test("Objects put in as a whole are escaped too")
    func wholeObjects() throws {
        #expect(try render("{{o}}", ["o": ["a": "<b>"]]) == "{&quot;a&quot;:&quot;&lt;b&gt;&quot;}")
    }

    @Test("Plain text is not escaped")
    func plain() throws {
        #expect(try render("{{x}}", ["x": "a & b"], escaped: false) == "a & b")
    }

    @Test(
        "Tags that turn escaping off or reach beyond the template are refused with their line",
        arguments: [
            "a\n{{{x}}}", "a\n{{&x}}", "a\n{{>other}}", "a\n{{<other}}{{/other}}", "a\n{{$block}}{{/block}}",
            "a\n{{=<% %>=}}", "a\n{{% CONTENT_TYPE:TEXT}}", "a\n<SCRIPT>let x = '{{x}}'</script>",
            "{{#a}}\n{{{x}}}{{/a}}",
        ])
    func refused(text: String) {
        let faults = #expect(throws: TemplateFaults.self) { _ = try Template(text) }
        #expect(faults?.faults.map(\.line) == [2])
    }

    @Test(
        "A template that is no Mustache is refused with its line",
        arguments: [
            "a\n{{#open}}", "a\n{{#a}}{{/b}}", "a\n{{unfinished", "a\n{{a b}}",
        ])
    func broken(text: String) {
        let faults = #expect(throws: TemplateFaults.self) { _ = try Template(text) }
        #expect(faults?.faults.first?.line == 2)
    }

    @Test("Scripts without values, and tags in comments, are fine")
    func allowed() throws {
        #expect(TemplateCheck.faults(in: "<script>let a = 1</script>{{x}}{{! {{{x}} }}").isEmpty)
        #expect(TemplateCheck.faults(in: "{").isEmpty)
        #expect(TemplateCheck.faults(in: "{{").isEmpty)
    }
}
