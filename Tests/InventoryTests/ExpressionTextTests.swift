import Testing

@testable import Inventory

@Suite("Text with expressions is taken apart")
struct ExpressionTextTests {
    @Test("braces, strings and interpolations inside an expression do not end it")
    func parts() throws {
        let text = try ExpressionText(#"a ${ {x: "}", y: "\("{" + .z)"} } b ${.c}"#)
        #expect(
            text.parts == [
                .literal("a "), .expression(#"{x: "}", y: "\("{" + .z)"}"#), .literal(" b "), .expression(".c"),
            ])
        #expect(text.single == nil)
    }

    @Test("a text that is exactly one expression is told from others")
    func single() throws {
        #expect(try ExpressionText("${ .a }").single == ".a")
        #expect(try ExpressionText("${ .a } ").single == nil)
        #expect(try ExpressionText("$ {a}").expressions == [])
        #expect(try ExpressionText("").parts == [])
    }

    @Test("an expression without end, or with nothing in it, is an error")
    func faults() {
        for text in ["${", "${ .a", "${ {a: 1 }", #"${ "} }"#, #"${ "\"#, "a ${ .b } ${ .c"] {
            #expect(throws: ExpressionTextError.unbalanced, "\(text)") { try ExpressionText(text) }
        }
        for text in ["${}", "${  }"] {
            #expect(throws: ExpressionTextError.empty, "\(text)") { try ExpressionText(text) }
        }
    }
}
