import Testing

@testable import Inventory

@Suite("Times, rates, money and addresses are read exactly")
struct ValueTests {
    @Test(
        "a time is a number and a unit",
        arguments: [
            ("200ms", Duration.milliseconds(200)), ("5s", .seconds(5)), ("10m", .seconds(600)),
            ("8h", .seconds(28_800)),
            ("2d", .seconds(172_800)), ("1.5s", .milliseconds(1500)), ("0.001ms", .microseconds(1)), ("0s", .zero),
        ])
    func durations(text: String, expected: Duration) {
        #expect(Duration(inventoryText: text) == expected)
    }

    @Test(
        "anything else is no time",
        arguments: [
            "", "5", "s", "-5s", "5 s", "5sec", "1m30s", "1.s", ".5s", "1.2.3s", "0.0001s", "1e3s", "5S",
            "99999999999999999999s", "9999999999d", "٣s",
        ])
    func badDurations(text: String) {
        #expect(Duration(inventoryText: text) == nil)
    }

    @Test("a time is shown in its largest whole unit")
    func shown() {
        let texts = ["200ms", "1500ms", "90s", "5m", "8h", "2d", "0s"]
        #expect(texts.map { Duration(inventoryText: $0)?.inventoryText } == texts)
    }

    @Test("a rate is a count and a time")
    func rates() {
        #expect(Rate(inventoryText: "10/1s") == Rate(count: 10, per: .seconds(1)))
        #expect(Rate(inventoryText: "600/m") == Rate(count: 600, per: .seconds(60)))
        #expect(Rate(inventoryText: "600/1m")?.description == "600/1m")
        for text in ["10", "10/", "/1s", "0/1s", "-1/1s", "10/0s", "10/1s/2", "1.5/1s", "10/1"] {
            #expect(Rate(inventoryText: text) == nil, "\(text)")
        }
    }

    @Test("money is exact to a billionth")
    func money() {
        #expect(Money(inventoryText: "0.002 USD") == Money(nanos: 2_000_000, currency: "USD"))
        #expect(Money(inventoryText: "12 EUR")?.description == "12 EUR")
        #expect(Money(inventoryText: "0.000000001 EUR")?.description == "0.000000001 EUR")
        #expect(Money(nanos: -1_500_000_000, currency: "EUR").description == "-1.5 EUR")
        for text in ["1", "USD", "1 usd", "1  USD", "1,5 EUR", "-1 EUR", "0.0000000001 EUR", "99999999999 EUR"] {
            #expect(Money(inventoryText: text) == nil, "\(text)")
        }
    }

    @Test("an offset from UTC is whole minutes within 14 hours")
    func zones() {
        #expect(ZoneOffset(inventoryText: "+02:00") == ZoneOffset(minutes: 120))
        for text in ["UTC", "-05:30", "+14:00"] {
            #expect(ZoneOffset(inventoryText: text)?.description == text)
        }
        for text in ["", "Z", "CET", "+2:00", "+02:60", "+14:01", "02:00", "+02.00", "+0２:00", "+02:000"] {
            #expect(ZoneOffset(inventoryText: text) == nil, "\(text)")
        }
    }

    @Test("an address is taken apart")
    func urls() throws {
        let url = try ServiceURL("HTTPS://API.Example.com:8443/v1/")
        #expect(url == ServiceURL(scheme: .https, host: "api.example.com", port: 8443, basePath: "/v1"))
        #expect(try ServiceURL("http://[::1]:80").authority == "[::1]")
        #expect(try ServiceURL("http://[::1]:81/").description == "http://[::1]:81")
        #expect(try ServiceURL("https://a.b").port == 443)
    }

    @Test(
        "an address that cannot be called is refused",
        arguments: [
            "example.com", "ftp://a.b", "https://", "https://user:pw@a.b", "https://a.b?x=1", "https://a.b#x",
            "https://a.b:0", "https://a.b:70000", "https://a.b:x", "https://a b", "https://a.b/../c",
            "https://a.b/%2e%2e/c", "https://[::1", "https://[x]", "https://ü.de", "https://a.b/x y", "https://-a",
        ])
    func badURLs(text: String) {
        #expect(throws: ServiceURL.Fault.self) { try ServiceURL(text) }
    }

    @Test("loopback is told from the network")
    func loopback() throws {
        for text in [
            "http://127.0.0.1:1", "http://127.9.9.9", "http://localhost", "http://a.localhost", "http://[::1]",
        ] {
            #expect(try ServiceURL(text).isLoopback, "\(text)")
        }
        for text in ["http://127.0.0.1.evil.com", "http://localhost.evil.com", "http://10.0.0.1", "http://127.1"] {
            #expect(try !ServiceURL(text).isLoopback, "\(text)")
        }
    }
}
