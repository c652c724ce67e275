import ArgumentParser
import Contracts
import Store
import Testing

@testable import footing

@Suite("Commands for operators")
struct OperatorCommandTests {
    private let terminal = Terminal(descriptor: 1, isTerminal: false) { $0 == "LANG" ? "C.UTF-8" : nil }
    private let now = Timestamp(milliseconds: 1_795_521_600_000)

    @Test(
        "what contradicts itself or says nothing is refused",
        arguments: [
            ["calls", "settle", "c_1"], ["calls", "settle", "c_1", "--happened", "--did-not-happen"],
            ["calls", "settle", "c_1", "--did-not-happen", "--status", "201"],
            ["calls", "settle", "c_1", "--happened", "--status", "99"], ["provider", "disable", "rents"],
            ["provider", "disable", "rents", "--reason", ""], ["fault", "add", "rents"],
            ["fault", "add", "rents", "--status", "503", "--rate", "0"],
            ["fault", "add", "rents", "--status", "503", "--rate", "2"],
            ["fault", "add", "rents", "--kind", "explode"], ["fault", "add", "rents", "--delay", "soon"],
            ["fault", "rm"], ["fault", "rm", "f_1", "--all"], ["cache", "purge"], ["cache", "purge", "rents", "--all"],
            ["serve", "--drain-announce", "30s", "--drain-deadline", "30s"],
        ])
    func refused(arguments: [String]) {
        #expect(throws: (any Error).self) { try Footing.parseAsRoot(arguments) }
    }

    @Test("the forms in the help are understood")
    func understood() throws {
        let fault = try #require(
            try Footing.parseAsRoot(["fault", "add", "stripe", "--status", "503", "--rate", "0.2", "--delay", "2s"])
                as? FaultAdd)
        #expect(fault.status == 503 && fault.rate == 0.2 && fault.delay?.duration == .seconds(2))
        let short = try #require(
            try Footing.parseAsRoot(["fault", "add", "stripe", "--delay", "200ms", "--for", "10m"]) as? FaultAdd)
        #expect(short.delay?.duration == .milliseconds(200) && short.lifetime?.duration == .seconds(600))
        let settle = try Footing.parseAsRoot(["calls", "settle", "c_1", "--happened", "--status", "201"])
        #expect((settle as? CallsSettle)?.status == 201)
        let off = try Footing.parseAsRoot(["provider", "disable", "rents", "--reason", "outage"])
        #expect((off as? ProviderDisable)?.reason == "outage")
    }

    @Test("unknown writes are a table with the key to look them up by")
    func unknown() {
        let calls: [JSONValue] = [
            [
                "call": "c_1", "provider": "rents", "operation": "pay", "risk": "payment", "caller": "backend",
                "begun": .string((now - .seconds(300)).description), "provider_key": "ft-1",
            ],
            ["call": "c_2", "provider": "rents", "operation": "create", "risk": "write", "caller": "backend"],
        ]
        #expect(
            CallsUnknown.lines(calls, at: now, on: terminal) == [
                "◆ 2 writes wait for a person.",
                "call  begun      risk     operation     caller   key at the provider",
                "c_1   5 min ago  payment  rents.pay     backend  ft-1",
                "c_2              write    rents.create  backend  none",
                "Next: look it up at rents, then footing calls settle c_1 --happened",
            ])
        #expect(CallsUnknown.lines([], at: now, on: terminal) == ["✓ The outcome of every write is known."])
    }

    @Test("a fault is told in one line")
    func faults() {
        let fault: JSONValue = [
            "id": "f_1", "provider": "stripe", "operation": "charge", "kind": "status", "status": 503, "rate": 0.2,
            "delay_ms": 2000, "expires": .string((now + .seconds(90)).description),
        ]
        #expect(FaultLs.target(fault) == "stripe.charge")
        #expect(FaultLs.words(fault) == "answers 503 after 2 s, to 20 in 100 calls")
        #expect(FaultLs.words(["kind": "delay", "delay_ms": 200, "rate": 1]) == "is 200 ms later, to every call")
        #expect(FaultLs.words(["kind": "drop", "rate": 0.125]) == "hangs up, to 12.5 in 100 calls")
        #expect(
            FaultLs.lines([fault], at: now, on: terminal) == [
                "1 fault in force.",
                "id   calls to       what happens                               until",
                "f_1  stripe.charge  answers 503 after 2 s, to 20 in 100 calls  in 90.0 s",
                "Next: footing fault rm --all",
            ])
    }

    @Test("providers are a line each, with what a person reads first")
    func providers() {
        let providers: [JSONValue] = [
            [
                "name": "rents", "state": "working", "calls_hour": 4261,
                "sentence": "95 in 100 calls under 214 ms.",
            ],
            ["name": "geocoder", "state": "off", "calls_hour": 1, "sentence": "Switched off by ada: outage"],
        ]
        #expect(
            ProviderLs.lines(providers, on: terminal) == [
                "2 providers, 1 in trouble.",
                "✓ rents     working  4,261 calls  95 in 100 calls under 214 ms.",
                "◆ geocoder  off           1 call  Switched off by ada: outage",
            ])
    }

    @Test("what is kept is a line for each provider, under one sentence")
    func cache() {
        let census: JSONValue = [
            "entries": 1, "bytes": 3100, "limits": ["bytes": 67_108_864],
            "providers": [
                [
                    "name": "rents", "entries": 1, "bytes": 3100, "hits": 2120, "misses": 19, "collapsed": 31,
                    "revalidated": 3, "stale": 0,
                ]
            ],
        ]
        #expect(
            CacheLs.lines(census, on: terminal) == [
                "1 answer kept, 3.1 KB of 67.1 MB.",
                "provider  kept  size    from the cache  asked  shared  confirmed  stale",
                "rents     1     3.1 KB  2,120           19     31      3          0",
            ])
        #expect(CacheLs.lines(["providers": []], on: terminal).first == "Nothing is kept, and nothing was asked for.")
    }

    @Test("hostile words from a server change no terminal and end no program")
    func hostile() {
        let evil = "\u{1B}[31mred\u{7}"
        let lines =
            ProviderShow.lines(
                [
                    "title": .string(evil), "state": .string(evil), "sentence": .string(evil),
                    "limits": ["rate": .string(evil)],
                    "operations": [["name": .string(evil), "calls_hour": 9_000_000_000_000_000_000]],
                    "drift": [["operation": .string(evil), "count": -5]], "calls_hour": "many",
                ], at: now, on: terminal)
            + CacheLs.lines(["providers": [["name": .string(evil), "bytes": -5, "hits": "many"]]], on: terminal)
            + FaultLs.lines([["id": .string(evil), "rate": 1e300, "delay_ms": -1e300]], at: now, on: terminal)
            + CallsUnknown.lines([["call": .string(evil)], nil], at: now, on: terminal)
        #expect(!lines.isEmpty && lines.allSatisfy { !$0.contains("\u{1B}") && !$0.contains("\u{7}") })
    }
}
