import Contracts
import Testing

@Suite("A model's fields become the type that the mapping names")
struct ModelConversionTests {
    private func convert(_ value: JSONValue, _ conversion: JSONValue, _ more: JSONObject = [:]) throws -> JSONValue {
        var answer = more
        answer["v"] = value
        let mapping = try ModelMapping.compile(["f": ["pick": "$.v", "convert": conversion]])
        return try mapping.map(.object(answer))["f"] ?? .null
    }

    private func isRefused(_ value: JSONValue, _ conversion: JSONValue, _ more: JSONObject = [:]) -> Bool {
        (try? convert(value, conversion, more)) == nil
    }

    @Test("text, numbers and truth values become one another where nothing is lost")
    func scalars() throws {
        #expect(try convert(.parse("7.50"), "string") == "7.50")
        #expect(try convert(true, "string") == "true")
        #expect(try convert("1e2", "number").text == "1e2")
        #expect(try convert("3.0", "integer").text == "3")
        #expect(try convert(false, "integer") == 0)
        #expect(try convert(1, "boolean") == true)
        #expect(try convert("false", "boolean") == false)
        for (value, kind) in [("", "number"), ("0x10", "number"), ("1.5", "integer"), ("yes", "boolean")] {
            #expect(isRefused(.string(value), .string(kind)), "\(value)")
        }
        #expect(isRefused(2, "boolean"))
        #expect(isRefused([1], "string"))
    }

    @Test(
        "a date is the date that is written",
        arguments: [
            ("2026-11-24", "2026-11-24"), ("2026-11-24T23:30:00-08:00", "2026-11-24"),
            ("2024-02-29t00:00:00.5z", "2024-02-29"), ("24.11.2026", nil), ("2026-02-29", nil), ("2026-11-24T", nil),
            ("", nil),
        ])
    func dates(text: String, date: String?) {
        #expect((try? convert(.string(text), "date")) == date.map { .string($0) })
    }

    @Test(
        "a time is told in UTC, with the fraction that was given",
        arguments: [
            ("2026-11-24T23:29:38Z", "2026-11-24T23:29:38Z"),
            ("2026-11-25T00:29:38.120+01:00", "2026-11-24T23:29:38.120Z"),
            ("2026-12-31T20:00:00-05:30", "2027-01-01T01:30:00Z"), ("2016-12-31T23:59:60Z", "2016-12-31T23:59:59Z"),
            ("0000-01-01T00:00:00Z", "0000-01-01T00:00:00Z"), ("0000-01-01T00:00:00+01:00", nil),
            ("9999-12-31T23:59:59-00:01", nil), ("2026-11-24", nil), ("2026-11-24T23:29:38", nil), ("soon", nil),
        ])
    func times(text: String, time: String?) {
        #expect((try? convert(.string(text), "time")) == time.map { .string($0) })
    }

    @Test("a time is told from a count of seconds or thousandths since 1970")
    func counts() throws {
        #expect(try convert(1_795_562_978, "time-from-seconds") == "2026-11-24T23:29:38Z")
        #expect(try convert("1795562978.25", "time-from-seconds") == "2026-11-24T23:29:38.25Z")
        #expect(try convert(1_795_562_978_120, "time-from-milliseconds") == "2026-11-24T23:29:38.12Z")
        #expect(try convert(0, "time-from-seconds") == "1970-01-01T00:00:00Z")
        #expect(try convert(-1, "time-from-milliseconds") == "1969-12-31T23:59:59.999Z")
        #expect(try convert(-86_400, "time-from-seconds") == "1969-12-31T00:00:00Z")
        #expect(try convert(.parse("1.795562978e9"), "time-from-seconds") == "2026-11-24T23:29:38Z")
        for number in ["1e12", "-1e12", "1e999999999", "0.0000000001", "1e-30", "\"tomorrow\"", "true"] {
            #expect(isRefused(try JSONValue.parse(number), "time-from-seconds"), "\(number)")
        }
    }

    @Test("an amount of money has a currency, and the point where the currency has it")
    func money() throws {
        let euros: JSONValue = ["money": "EUR"]
        #expect(try convert(10.90, euros).text == #"{"amount":10.9,"currency":"EUR"}"#)
        #expect(try convert("10.90", euros).text == #"{"amount":10.90,"currency":"EUR"}"#)
        let minor: JSONValue = ["money": "$.currency", "unit": "minor"]
        for (number, currency, amount) in [
            ("1099", "usd", "10.99"), ("5", "EUR", "0.05"), ("-150", "EUR", "-1.50"), ("0", "EUR", "0.00"),
            ("500", "jpy", "500"), ("1234", "KWD", "1.234"), ("10.5", "EUR", "0.105"), ("12e3", "EUR", "120.00"),
            ("123456789012345678901234567890", "EUR", "1234567890123456789012345678.90"),
        ] {
            let found = try convert(.parse(number), minor, ["currency": .string(currency)])
            #expect(found["amount"]?.text == amount)
            #expect(found["currency"] == .string(currency.uppercased()))
        }
        #expect(isRefused(1, minor))
        #expect(isRefused(1, minor, ["currency": "euro"]))
        #expect(isRefused(1, minor, ["currency": 978]))
        #expect(isRefused("10,90", euros))
        #expect(isRefused(try JSONValue.parse("1e400"), minor, ["currency": "EUR"]))
    }

    @Test("the default stands in for nothing and for null as it is, and is not converted")
    func defaults() throws {
        let mapping = try ModelMapping.compile([
            "price": ["pick": "$.price", "convert": ["money": "EUR"], "default": "free"],
            "seen": ["pick": "$.seen", "convert": "time", "default": nil],
            "open": ["pick": "$.open", "convert": "boolean", "default": false],
        ])
        #expect(try mapping.map(["price": nil]) == ["price": "free", "seen": nil, "open": false])
        #expect(
            try mapping.map(["price": 1, "open": "true", "seen": "2026-11-24T00:00:00Z"])
                == ["price": ["amount": 1, "currency": "EUR"], "seen": "2026-11-24T00:00:00Z", "open": true])
    }

    @Test("a conversion that makes no sense is refused when the mapping is compiled")
    func compileErrors() {
        let wrong: [JSONValue] = [
            "colour", 5, [:], ["money": "EURO"], ["money": "$.x[]"], ["money": 1], ["unit": "minor"],
            ["money": "EUR", "unit": "cents"], ["money": "EUR", "digits": 2],
        ]
        for conversion in wrong {
            let error = #expect(throws: ModelMappingError.self) {
                try ModelMapping.compile(["f": ["pick": "$.v", "convert": conversion]])
            }
            #expect(error?.findings.map(\.field) == ["f"], "\(conversion.text)")
        }
    }

    @Test("what cannot be converted says which field and why")
    func words() {
        let error = #expect(throws: ModelMappingError.self) { try convert([1], "date") }
        #expect(error?.description == "f: an array cannot become a date")
    }
}
