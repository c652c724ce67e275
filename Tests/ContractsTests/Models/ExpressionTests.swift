import Contracts
import Testing

@Suite("Expressions in JSON trees")
struct ExpressionTests {
    private let context: JSONValue = [
        "input": ["office": "Alexanderplatz", "budget": 1500, "tags": ["a", "b"], "none": nil],
        "steps": ["areas": [["id": "mitte"]]],
    ]

    private func value(_ tree: JSONValue) throws -> JSONValue {
        try Expression.compile(tree).evaluate(context: context)
    }

    @Test("a string that is one piece gives the raw value, otherwise values are put into the text")
    func interpolation() throws {
        #expect(try value("${ .input.budget }") == 1500)
        #expect(try value("${.input.tags}") == ["a", "b"])
        #expect(try value("${ .input.none }") == nil)
        #expect(try value(" ${ .input.budget }") == " 1500")
        #expect(
            try value("to ${ .input.office }: ${ .input.budget } ${ .input.tags }${ .input.none }!")
                == #"to Alexanderplatz: 1500 ["a","b"]!"#)
        #expect(try value("$${ .x } costs $5 $ {}") == "${ .x } costs $5 $ {}")
        #expect(try value("") == "")
    }

    @Test("pieces are found anywhere in the tree, member names are left alone")
    func trees() throws {
        let tree: JSONValue = ["${x}": [1, true, ["q": "${ .input.office }"]], "k": "plain"]
        #expect(try value(tree) == ["${x}": [1, true, ["q": "Alexanderplatz"]], "k": "plain"])
        #expect(try Expression.compile(["a": ["b", 1]]).isConstant)
        #expect(try !Expression.compile(["a": ["${ .b }"]]).isConstant)
    }

    @Test("braces inside jq strings, objects and comments are matched")
    func braces() throws {
        #expect(
            try value(#"${ {office: .input.office, areas: [.steps.areas[] | {id}]} }"#)
                == ["office": "Alexanderplatz", "areas": [["id": "mitte"]]])
        #expect(try value(#"${ "}" + "{\"" }"#) == "}{\"")
        #expect(try value(#"<${ "a\("}" + "{" | {x: .} | .x)b" }>"#) == "<a}{b>")
        #expect(try value("${ 1 # } not the end\n + 1 }") == 2)
    }

    @Test("a wrong piece is named by its pointer")
    func errors() {
        let cases: [(JSONValue, String, String)] = [
            (["a": ["x", "${ foo }"]], "/a/1", "foo/0 is not defined at line 1"),
            (["a/b": "${ .x"], "/a~1b", "a ${ is not closed"),
            ("${ (] }", "", "a bracket does not match at character 5"),
            ("x ${ } y", "", "syntax error, unexpected ')' at line 2"),
        ]
        for (tree, pointer, message) in cases {
            let error = #expect(throws: ExpressionError.self) { try Expression.compile(tree) }
            #expect(error?.pointer == pointer)
            #expect(error?.message == message)
        }
    }

    @Test("a piece must give one value")
    func oneValue() throws {
        for text in ["${ 1, 2 }", "${ empty }", "a ${ .input.office.x }"] as [JSONValue] {
            let expression = try Expression.compile(["k": text])
            let error = #expect(throws: ExpressionError.self) { try expression.evaluate(context: context) }
            #expect(error?.pointer == "/k")
        }
    }
}
