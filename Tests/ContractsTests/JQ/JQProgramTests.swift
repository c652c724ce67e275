import Contracts
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

@Suite("jq programs")
struct JQProgramTests {
    private func results(_ program: String, _ input: JSONValue = nil) throws -> [JSONValue] {
        try JQProgram.compile(program).run(input)
    }

    @Test("programs give all their results in order")
    func runs() throws {
        let input: JSONValue = ["a": [1, 2.5, "x"], "b": ["z": true, "y": nil]]
        #expect(try results(".a[]", input) == [1, 2.5, "x"])
        #expect(try results(".b | to_entries | map(.key)", input) == [["z", "y"]])
        #expect(try results("empty", input) == [])
        #expect(try results("[.[] | length]", ["a": [], "b": [:], "c": ""]) == [[0, 0, 0]])
        #expect(try results("def f: . + 1; 1 | f # one more", input) == [2])
        #expect(try results("{\"ä\\u0000\": (.b)}", input).map(\.text) == [#"{"ä\u0000":{"z":true,"y":null}}"#])
        #expect(try results("nan, 1e1000, 1e15, 0.1") == [nil, .init(Double.greatestFiniteMagnitude), 1e15, 0.1])
        #expect(try results("1e15 | tostring, 100000000000000000").first == "1000000000000000")
    }

    @Test("paths run without libjq, keep number text, and fail with jq's words")
    func paths() throws {
        let input = try JSONValue.parse(#"{"a":[{"b c":12345678901234567890,"d":1.50}],"and":1}"#)
        #expect(try results(#".a[0]["b c"]"#, input)[0].text == "12345678901234567890")
        #expect(try results(#" .a[-1].d "#, input)[0].text == "1.50")
        #expect(try results(#".a[7].d"#, input) == [nil])
        #expect(try results(#".and"#, input) == [1])
        #expect(try results(".", input) == [input])
        #expect(try results(".[0]", [7]) == [7])
        for program in [".a.b", ".and[0]", ".and.x"] {
            let error = #expect(throws: JQError.self) { try results(program, input) }
            let same = #expect(throws: JQError.self) { try results(program + " | .", input) }
            #expect(error == same)
        }
    }

    @Test("wrong programs are refused with jq's message and the program's line")
    func compileErrors() {
        let cases = [
            ("foo(1)", "foo/1 is not defined at line 1"),
            (".a |\n . + $x", "$x is not defined at line 2"),
            ("(.a", "a bracket or string is not closed"),
            (".a) , (.b", "a bracket closes at character 3 that was not opened"),
            (". +", "syntax error, unexpected ')' at line 2"),
            ("\"a\\(1\"", "a bracket or string is not closed"),
        ]
        for (text, message) in cases {
            let error = #expect(throws: JQError.self) { try JQProgram.compile(text) }
            #expect(error?.message == message)
            #expect(error?.code == .compile)
        }
        #expect(throws: JQError.self) { try JQProgram.compile("") }
        #expect(throws: JQError.self) { try JQProgram.compile(".a\u{0}.b") }
    }

    @Test("run-time errors carry jq's message or the raised value")
    func runErrors() {
        #expect(throws: JQError(code: .run, message: #"Cannot index number with string "a""#)) { try results("1 | .a") }
        #expect(throws: JQError(code: .run, message: #"{"a":1}"#)) { try results("error({a: 1})") }
        #expect(throws: JQError(code: .run, message: "stop")) { try results("\"stop\" | halt_error") }
    }

    @Test("a program without end is stopped at ten thousand results", arguments: ["repeat(.)", "range(1e9)"])
    func endless(text: String) {
        let error = #expect(throws: JQError.self) { try results(text) }
        #expect(error?.code == .tooManyResults)
    }

    @Test("ten thousand results are still given")
    func manyResults() throws {
        #expect(try results("range(10000)").count == 10_000)
    }

    @Test("the environment cannot be read")
    func environment() throws {
        setenv("FOOTING_JQ_TEST", "hunter2", 1)
        for text in [
            "$ENV.FOOTING_JQ_TEST", "env.FOOTING_JQ_TEST", "[env, $ENV] | tostring", "def e: $ENV; [e] | tostring",
            "[$ENV | .. ] | tostring", "[getpath([\"FOOTING_JQ_TEST\"]), env] | tostring",
        ] {
            let seen = try results(text).map(\.text).joined()
            #expect(!seen.contains("hunter2"), "\(text)")
        }
    }

    @Test("files and other inputs cannot be read")
    func files() throws {
        for text in [
            #"include "x"; ."#, #"import "x" as x; ."#, #"import "x" as $x {search: "/etc"}; $x"#,
            #"1) | (include "x"; ."#, #"include "x" {search: "/tmp"}; x"#,
        ] {
            #expect(throws: JQError.self, "\(text)") { try JQProgram.compile(text) }
        }
        #expect(throws: JQError.self) { try results(#""x" | modulemeta"#) }
        #expect(try results("[input, inputs, input_filename, get_search_list]") == [[nil, []]])
        #expect(try results("1 | debug | stderr") == [1])
    }

    @Test("values that make jq 1.6 abort or hang are errors or have a result")
    func weakSpots() throws {
        for text in [
            "1e300 | todate", "nan | todate", "1e18 | gmtime", "-1e18 | strftime(\"%Y\")", "1e300 | localtime",
        ] {
            #expect(throws: JQError.self, "\(text)") { try results(text) }
        }
        #expect(try results("0 | todate") == ["1970-01-01T00:00:00Z"])
        #expect(try results(#""abc" | indices("")"#) == [nil])
        #expect(try results(#""a,b,c" | indices(","), index(","), rindex(",")"#) == [[1, 3], 1, 3])
        #expect(try results(#""abc" | gsub("x*"; "-")"#) == ["-a-b-c"])
        #expect(try results(#""a1b22c" | gsub("(?<n>[0-9]+)"; "<\(.n)>")"#) == ["a<1>b<22>c"])
        #expect(try results(#""aAbA" | gsub("a"; "-"; "i")"#) == ["--b-"])
        #expect(throws: JQError.self) { try results(#"("a" * 40 + "!") | test("^(a+)+$")"#) }
    }

    @Test("a program is run by many threads at once")
    func threads() async throws {
        let program = try JQProgram.compile(".n as $n | [range($n)] | add // 0")
        try await withThrowingTaskGroup(of: (Int, [JSONValue]).self) { group in
            for number in 0..<200 {
                group.addTask { (number, try program.run(["n": JSONValue(number)])) }
            }
            for try await (number, results) in group {
                #expect(results == [JSONValue(number * (number - 1) / 2)])
            }
        }
    }

    @Test("a program left half-way runs afresh the next time")
    func reuse() throws {
        let program = try JQProgram.compile("if . == 1 then repeat(.) elif . == 2 then error(\"no\") else . end")
        #expect(throws: JQError.self) { try program.run(1) }
        #expect(throws: JQError.self) { try program.run(2) }
        #expect(try program.run(3) == [3])
    }

    @Test("a program compiled at its first run reports its error there")
    func late() throws {
        let program = try JQProgram.compile("nonsense", .firstRun)
        #expect(throws: JQError.self) { try program.run(1) }
        #expect(throws: JQError.self) { try JQProgram.compile("(", .firstRun) }
        #expect(try JQProgram.compile(". + 1", .firstRun).runForOne(1) == 2)
    }

    @Test("results that nest too deep are an error")
    func deep() {
        let error = #expect(throws: JQError.self) { try results("reduce range(2000) as $i (0; [.])") }
        #expect(error?.code == .tooDeep)
    }
}
