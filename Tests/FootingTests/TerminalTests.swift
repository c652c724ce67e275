import Testing

@testable import footing

@Suite("What a terminal may show")
struct TerminalTests {
    private static func terminal(_ variables: [String: String], isTerminal: Bool = true) -> Terminal {
        Terminal(descriptor: -1, isTerminal: isTerminal, variable: { variables[$0] })
    }

    @Test("colour is for terminals only, and never with NO_COLOR")
    func colour() {
        #expect(Self.terminal(["TERM": "xterm"]).hasColour)
        #expect(!Self.terminal(["TERM": "xterm", "NO_COLOR": "1"]).hasColour)
        #expect(Self.terminal(["TERM": "xterm", "NO_COLOR": ""]).hasColour)
        #expect(!Self.terminal(["TERM": "dumb"]).hasColour)
        #expect(!Self.terminal(["TERM": "xterm"], isTerminal: false).hasColour)
    }

    @Test("the first locale variable that is set decides about UTF-8")
    func locale() {
        #expect(Self.terminal(["LANG": "de_DE.utf8"]).isUTF8)
        #expect(!Self.terminal(["LC_ALL": "C", "LANG": "de_DE.UTF-8"]).isUTF8)
        #expect(!Self.terminal([:]).isUTF8)
    }

    @Test("what could take the terminal over is made visible")
    func printable() {
        #expect("a\u{1B}[31mb\u{7}".printable == "a?[31mb?")
        #expect("one\ntwo\tthree".printable == "one two three")
        #expect("safe\u{202E}desrever".printable == "safe?desrever")
        #expect("Schöneberg ✓".printable == "Schöneberg ✓")
    }

    @Test("text is wrapped between words and cut to columns")
    func columns() {
        #expect("one two three".wrapped(7) == ["one two", "three"])
        #expect("immeasurable".wrapped(4) == ["immeasurable"])
        #expect("Charlottenburg".padded(8) == "Charlo..")
        #expect("ab".padded(4) == "ab  ")
        #expect("ab".flushRight(4) == "  ab")
    }
}
