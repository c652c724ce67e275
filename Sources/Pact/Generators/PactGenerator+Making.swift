import Contracts

extension PactGenerator {
    /// The value in the example's place; nil where the example stands.
    func value(_ example: JSONValue, _ ground: inout PactGround) -> JSONValue? {
        switch self {
        case .integer(let range): return JSONValue(Int.random(in: range, using: &ground.random))
        case .decimal(let digits):
            let whole = PactGenerator.characters("123456789", 1, &ground)
            guard digits > 1 else { return JSONNumber(text: whole).map { .number($0) } }
            return JSONNumber(text: whole + "." + PactGenerator.characters("123456789", digits - 1, &ground))
                .map { .number($0) }
        case .hexadecimal(let digits): return .string(PactGenerator.characters("0123456789ABCDEF", digits, &ground))
        case .string(let size):
            let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
            return .string(PactGenerator.characters(letters, size, &ground))
        case .boolean: return .bool(Bool.random(using: &ground.random))
        case .uuid(let form): return .string(PactGenerator.uuid(form, &ground))
        case .moment(let form): return .string(form.text(millisecondsSinceEpoch: ground.milliseconds))
        case .providerState(let expression): return PactGenerator.told(expression, ground.stateValues)
        case .serverURL(let pattern, let shown):
            return ground.serverURL.flatMap { PactGenerator.moved(shown, to: $0, pattern) }
        }
    }

    private static func characters(_ set: String, _ count: Int, _ ground: inout PactGround) -> String {
        let set = Array(set)
        return String((0..<count).map { _ in set[Int.random(in: 0..<set.count, using: &ground.random)] })
    }

    /// A random UUID of version 4 (RFC 9562).
    private static func uuid(_ form: UUIDForm, _ ground: inout PactGround) -> String {
        var digits = Array(characters("0123456789abcdef", 32, &ground))
        digits[12] = "4"
        digits[16] = ["8", "9", "a", "b"][Int.random(in: 0..<4, using: &ground.random)]
        guard form != .simple else { return String(digits) }
        let parts = [digits[0..<8], digits[8..<12], digits[12..<16], digits[16..<20], digits[20...]]
        let text = parts.map { String($0) }.joined(separator: "-")
        return form == .uppercase ? text.uppercased() : form == .urn ? "urn:uuid:\(text)" : text
    }

    /// A name alone gives the value as it is, `${name}` inside a text its text. Nil where a name was not told.
    private static func told(_ expression: String, _ values: JSONObject) -> JSONValue? {
        guard expression.contains("${") else { return values[expression] }
        var text = ""
        var rest = expression[...]
        while let start = rest.firstRange(of: "${") {
            guard let end = rest[start.upperBound...].firstIndex(of: "}"),
                let value = values[String(rest[start.upperBound..<end])]
            else { return nil }
            if start.lowerBound == expression.startIndex, rest.index(after: end) == expression.endIndex {
                return value
            }
            text += rest[..<start.lowerBound] + value.plainText
            rest = rest[rest.index(after: end)...]
        }
        return .string(text + rest)
    }

    /// The example's path behind the server's own address.
    private static func moved(_ example: String, to server: String, _ pattern: RegularExpression?) -> JSONValue? {
        guard pattern?.isFound(in: example) != false, let scheme = example.firstRange(of: "://") else { return nil }
        return .string(server + example[scheme.upperBound...].drop { $0 != "/" })
    }
}
