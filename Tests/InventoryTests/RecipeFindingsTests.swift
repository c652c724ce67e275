import Testing

@testable import Inventory

@Suite("Recipes are checked against themselves and against the inventory")
struct RecipeFindingsTests {
    private func check(_ steps: String, top: String = "") throws -> [String] {
        let operations = """
              search: { method: GET, path: "/v1/{area}" }
              list: { method: GET, path: /v1 }
            """
        return try findings([
            "providers/rents.yaml": provider(operations: operations),
            "recipes/a.yaml": "recipe: a\n\(top)\nsteps:\n\(steps)",
            "templates/t.html": "x",
        ])
    }

    @Test(
        "values of a step",
        arguments: [
            ("{ name: x }", "step x does nothing"), ("{ wait: 5s }", "lacks \"name\""), ("wait", "expected a mapping"),
            ("{ name: X, wait: 5s }", "lower-case"), ("{ name: x, wait: 5 }", "expected a time"),
            ("{ name: x, wait: 5s, transform: . }", "both \"transform\" and \"wait\""),
            ("{ name: x, wait: 5s, with: {} }", "\"call\" only"), ("{ name: x, cal: rents.list }", "mean \"call\"?"),
            ("{ name: x, call: rents }", "PROVIDER.OPERATION"), ("{ name: x, call: a.b.c }", "PROVIDER.OPERATION"),
            ("{ name: x, call: rent.list }", "did you mean \"rents.list\"?"),
            ("{ name: x, call: rents.no }", "one of list"),
            ("{ name: x, call: rents.lst }", "did you mean \"rents.list\"?"),
            ("{ name: x, call: rents.search }", "lacks the path parameter \"area\""),
            ("{ name: x, call: rents.search, with: { path: { aera: 1 } } }", "did you mean \"area\"?"),
            ("{ name: x, call: rents.search, with: { path: { area: 1 } } }", ""),
            ("{ name: x, call: rents.search, with: \"${ .input }\" }", ""),
            ("{ name: x, call: rents.search, with: { path: \"${ .input }\" } }", ""),
            ("{ name: x, call: rents.list, with: { query: { q: \"${ .a\" } } }", "has no \"}\""),
            ("{ name: x, call: rents.list, with: { headrs: {} } }", "did you mean \"headers\"?"),
            ("{ name: x, call: rents.list, with: { query: 5 } }", "a mapping"),
            ("{ name: x, wait: 5s, title: \"${}\" }", "nothing between"),
            ("{ name: x, wait: 5s, label: a }", "warning"),
            ("{ name: x, wait: 5s, for_each: \".a\" }", "exactly one expression"),
            ("{ name: x, wait: 5s, when: \"${ .a } \" }", "exactly one"),
            ("{ name: x, wait: 5s, when: true }", "is true;"),
            ("{ name: x, wait: 5s, for_each: \"${ .input }\", concurrency: 0 }", "from 1 to 1000"),
            ("{ name: x, table: { file: a.csv, rows: \"${ .a }\", columns: {} } }", "no columns"),
            ("{ name: x, table: { file: a.csv, rows: \"${ .a }\", columns: { a: 5 } } }", "heading"),
            ("{ name: x, table: { file: a.txt, rows: \"${ .a }\", columns: { a: A } } }", ".csv"),
            ("{ name: x, table: { rows: x, columns: { a: A } } }", "lacks \"file\""),
            ("{ name: x, render: { template: templates/t.html, file: a.pdf, data: \"${ .input }\" } }", ""),
            ("{ name: x, render: { template: templates/t.html, file: \"${ .a }.pdf\", data: \"${ .input }\" } }", ""),
            (
                "{ name: x, render: { template: templates/no.html, file: a.pdf, data: \"${ .a }\" } }",
                "there is no file"
            ),
            ("{ name: x, render: { template: ../t.html, file: a.pdf, data: \"${ .a }\" } }", "without \"..\""),
            ("{ name: x, render: { template: t.html, file: a.pdf } }", "lacks \"data\""),
            ("{ name: x, transform: \".steps.nowhere\" }", "warning: \".steps.nowhere\" names no step before this one"),
            ("{ name: x, transform: \".steps.x\" }", "names no step before"), ("{ name: x, transform: \"\" }", "text"),
            ("{ name: x, transform: \".input.steps.y | .a.steps.z\" }", ""),
        ])
    func steps(step: String, words: String) throws {
        let found = try check("  - \(step)\n")
        if words.isEmpty { return #expect(found.isEmpty, "\(found)") }
        #expect(found.contains { $0.contains(words) && $0.hasPrefix("footing/recipes/a.yaml:4:") }, "\(found)")
    }

    @Test(
        "an output file is one plain name",
        arguments: [
            "../a.csv", "/etc/a.csv", "a/b.csv", ".a.csv", "..", "\"a\\\\b.csv\"", "\"a\\0.csv\"", "\"${ .x }/a.csv\"",
            "[a]",
        ])
    func outputs(name: String) throws {
        let found = try check("  - { name: x, table: { file: \(name), rows: \"${ .a }\", columns: { a: A } } }\n")
        #expect(found.contains { $0.contains("a plain file name") }, "\(found)")
    }

    @Test("step names are unique, and later steps see earlier ones")
    func names() throws {
        let found = try check(
            """
              - { name: get-it, wait: 1s }
              - { name: get-it, wait: 1s }
              - { name: use, transform: ".steps.get-it" }
              - { name: good, transform: '.steps["get-it"] | .steps.use' }
              - { name: near, transform: ".steps.goood" }
            """)
        #expect(found.count == 3)
        #expect(found.first?.contains("\"get-it\" is taken by the step on line 4") == true)
        #expect(found.dropFirst().first?.contains("write .steps[\"get-it\"]") == true)
        #expect(found.last?.hasSuffix("did you mean \"good\"?") == true)
    }

    @Test("the top of a recipe")
    func top() throws {
        #expect(try check("  - { name: x, wait: 1s }\n", top: "input: 5").first?.contains("JSON Schema") == true)
        #expect(try check("  - { name: x, wait: 1s }\n", top: "result: x").first?.contains("exactly one") == true)
        #expect(
            try check("  - { name: x, wait: 1s }\n", top: "title: \"${ .a\"").first?.contains("has no \"}\"") == true)
        #expect(try check("  []\n").first?.contains("recipe a has no steps") == true)
        #expect(try findings(["recipes/a.yaml": "recipe: a\n"]).first?.contains("lacks \"steps\"") == true)
    }

    @Test("a misspelt kind of step is one finding")
    func misspeltKind() throws {
        let found = try check("  - { name: x, tranform: . }\n")
        #expect(found.map { $0.hasSuffix("did you mean \"transform\"?") } == [true])
    }

    @Test("two steps that write the same file are warned about")
    func sameFile() throws {
        let step = "table: { file: a.csv, rows: \"${ .input }\", columns: { a: A } } }\n"
        let found = try check("  - { name: x, \(step)  - { name: y, \(step)")
        #expect(found.map { $0.contains("warning: step y writes the same file as step x: a.csv") } == [true])
    }
}
