import Contracts

/// Values in words that stay short.
enum Shown {
    static func text(_ text: String) -> String {
        "\"" + (text.count > 60 ? text.prefix(57) + "..." : text[...]) + "\""
    }

    static func value(_ value: JSONValue) -> String {
        switch value {
        case .string(let string): text(string)
        case .array(let elements): "an array of \(elements.count)"
        case .object(let object): "an object of \(object.count)"
        case .null: "null"
        case .bool, .number: String(value.text.prefix(60))
        }
    }

    static func type(_ value: JSONValue) -> String {
        switch value {
        case .number(let number): number.isDecimal ? "decimal" : "integer"
        default: value.typeName
        }
    }
}

extension JSONNumber {
    /// Whether it is written with a fraction or an exponent, which is what tells decimals from integers in Pact.
    var isDecimal: Bool {
        text.utf8.contains { $0 == UInt8(ascii: ".") || $0 | 0x20 == UInt8(ascii: "e") }
    }
}
