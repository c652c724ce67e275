import ArgumentParser
import Contracts
import Inventory
import Testing

@testable import footing

@Suite("Arguments")
struct ArgumentTests {
    @Test("key=value is JSON where it is JSON, text elsewhere")
    func keyValue() {
        #expect(KeyValue.split("office=a=b").value == "a=b")
        #expect(KeyValue.json("1200") == 1200)
        #expect(KeyValue.json("true") == true)
        #expect(KeyValue.json("\"1200\"") == "1200")
        #expect(KeyValue.json("Alexanderplatz") == "Alexanderplatz")
        #expect(KeyValue.json("") == "")
        #expect(KeyValue.texts(["q=1"]) == ["q": "1"])
    }

    @Test("an argument that is not key=value is refused before anything is asked")
    func notKeyValue() {
        #expect(throws: (any Error).self) { try Footing.parseAsRoot(["task", "new", "report", "budget"]) }
        #expect(throws: (any Error).self) { try Footing.parseAsRoot(["call", "rents"]) }
        #expect(throws: (any Error).self) {
            try Footing.parseAsRoot(["token", "new", "--name", "a", "--scope", "root"])
        }
        #expect(throws: (any Error).self) { try Footing.parseAsRoot(["score", "--at-least", "9"]) }
    }

    @Test("every command says what it is for, and shows an example")
    func help() {
        func check(_ command: any ParsableCommand.Type) {
            #expect(!command.configuration.abstract.isEmpty)
            let text = command.configuration.discussion
            #expect(text.contains("footing "), "\(command) has no example")
            for child in command.configuration.subcommands { check(child) }
        }
        check(Footing.self)
    }

    @Test("addresses are understood with and without scheme, and hostile ones refused")
    func addresses() throws {
        let listen = ListenAddress(host: "0.0.0.0", port: 8787)
        #expect(ServerAddress.local(listen, isSecure: true).description == "https://127.0.0.1:8787")
        #expect(ServerAddress.local(listen, isSecure: false).description == "http://127.0.0.1:8787")
        #expect(try ServerAddress.parse("https://footing.example.com").description == "https://footing.example.com")
        #expect(try ServerAddress.parse("127.0.0.1:9000").description == "http://127.0.0.1:9000")
        #expect(try ServerAddress.parse("http://[::1]:9000/base/").description == "http://[::1]:9000/base")
        for text in [
            "", "ftp://a", "http://", "http://a:b", "http://a:99999", "http://a b", "http://u@a", "http://a/\r\nX: y",
        ] {
            #expect(throws: Failure.self) { try ServerAddress.parse(text) }
        }
    }

    @Test("--listen takes host and port, or a port alone")
    func listen() {
        #expect(ServerAddress.listen("9000") == ListenAddress(host: "127.0.0.1", port: 9000))
        #expect(ServerAddress.listen("0.0.0.0:80") == ListenAddress(host: "0.0.0.0", port: 80))
        #expect(ServerAddress.listen("[::1]:80") == ListenAddress(host: "::1", port: 80))
        #expect(ServerAddress.listen("70000") == nil)
        #expect(ServerAddress.listen("a") == nil)
    }

    @Test("lengths of time", arguments: [("90s", 90), ("5m", 300), ("12h", 43_200), ("30d", 2_592_000)])
    func spans(text: String, seconds: Int64) {
        #expect(TimeSpan(argument: text)?.duration == .seconds(seconds))
    }

    @Test("what is no length of time", arguments: ["", "d", "0d", "-1d", "1w", "1.5h", "99999999999999999999d"])
    func noSpans(text: String) {
        #expect(TimeSpan(argument: text) == nil)
    }

    @Test("ids are escaped before they become part of a path")
    func escaping() {
        #expect(PercentEncoding.encode("../x y?") == "..%2Fx%20y%3F")
        #expect(PercentEncoding.encode("ö\n") == "%C3%B6%0A")
    }
}
