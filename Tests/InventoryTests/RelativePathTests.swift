import Testing

@testable import Inventory

@Suite("Relative paths")
struct RelativePathTests {
    @Test(
        "a reference leads to a file below the folder, out of it, or is no path",
        arguments: [
            ("b.json", "a/x.json", RelativePath.inside("a/b.json")), ("./b.json", "x.json", .inside("b.json")),
            ("../b.json", "a/x.json", .inside("b.json")), ("/c/b.json", "a/x.json", .inside("c/b.json")),
            ("a%20b.json", "x.json", .inside("a b.json")), ("c//.//b.json", "x.json", .inside("c/b.json")),
            ("../b.json", "x.json", .outside), ("a/../../b.json", "x.json", .outside),
            ("%2e%2e/%2e%2e/b", "a/x.json", .outside), ("..\\..\\b", "a/x.json", .outside),
            ("/../b", "a/x.json", .outside),
            ("https://evil.example/b.json", "x.json", .foreign), ("C:\\b.json", "x.json", .foreign),
            ("%zz", "x.json", .foreign), ("a%00b", "x.json", .foreign),
        ])
    func references(_ reference: String, _ file: String, _ expected: RelativePath) {
        #expect(RelativePath(reference, from: file) == expected)
    }
}
