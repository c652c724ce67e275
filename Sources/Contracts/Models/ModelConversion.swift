/// What a field's value may be made into; nothing is guessed: what has no exact counterpart is refused.
enum ModelConversion: Sendable {
    case string, number, integer, boolean
    /// `2026-11-24`, of a date or of the date that a time is written with.
    case date
    /// RFC 3339 in UTC, of a time with any offset.
    case time
    /// The same, of seconds since 1970.
    case timeFromSeconds
    /// The same, of thousandths of a second since 1970.
    case timeFromMilliseconds
    case money(ModelMoney)

    private static let named: [String: ModelConversion] = [
        "string": .string, "number": .number, "integer": .integer, "boolean": .boolean, "date": .date, "time": .time,
        "time-from-seconds": .timeFromSeconds, "time-from-milliseconds": .timeFromMilliseconds,
    ]

    static let expected =
        "convert is string, number, integer, boolean, date, time, time-from-seconds, time-from-milliseconds or "
        + "{ money: CURRENCY }"

    /// Reads `convert`; throws what is wrong with it, in words.
    init(_ description: JSONValue) throws(ModelMappingError.Finding) {
        switch description {
        case .object(let object):
            self = .money(try ModelMoney(object))
        case .string(let name):
            guard let conversion = Self.named[name] else { throw .init(field: nil, message: Self.expected) }
            self = conversion
        default:
            throw .init(field: nil, message: Self.expected)
        }
    }

    /// Throws, in words, when the value has no counterpart.
    func convert(_ value: JSONValue, in answer: JSONValue) throws(ModelMappingError.Finding) -> JSONValue {
        if case .money(let money) = self { return try money.convert(value, in: answer) }
        guard let converted = converted(value) else {
            throw .init(field: nil, message: "\(value.typePhrase) cannot become \(phrase)")
        }
        return converted
    }

    private func converted(_ value: JSONValue) -> JSONValue? {
        switch (self, value) {
        case (.string, .string), (.number, .number), (.boolean, .bool): value
        case (.string, .number(let number)): .string(number.text)
        case (.string, .bool(let value)): .string(value ? "true" : "false")
        case (.number, .string(let text)): JSONNumber(text: text).map(JSONValue.number)
        case (.integer, .number(let number)): integer(number)
        case (.integer, .string(let text)): JSONNumber(text: text).flatMap(integer)
        case (.number, .bool(let value)), (.integer, .bool(let value)): JSONValue(value ? 1 : 0)
        case (.boolean, _) where value == "true" || value == 1: JSONValue.bool(true)
        case (.boolean, _) where value == "false" || value == 0: JSONValue.bool(false)
        case (.date, .string(let text)): date(text)
        case (.time, .string(let text)): ModelTime(rfc3339: text).map { .string($0.text) }
        case (.timeFromSeconds, _): time(value, inThousandths: false)
        case (.timeFromMilliseconds, _): time(value, inThousandths: true)
        default: Optional<JSONValue>.none
        }
    }

    /// Written without fraction where it fits (`3.0` becomes `3`).
    private func integer(_ number: JSONNumber) -> JSONValue? {
        guard number.isInteger else { return Optional<JSONValue>.none }
        return .number(number.int.map { JSONNumber($0) } ?? number)
    }

    private func date(_ text: String) -> JSONValue? {
        let bytes = Array(text.utf8)
        guard FormatTime.isDate(bytes[...]) || FormatTime.isDateTime(bytes) else { return Optional<JSONValue>.none }
        return .string(String(decoding: bytes[..<10], as: UTF8.self))
    }

    private func time(_ value: JSONValue, inThousandths: Bool) -> JSONValue? {
        let number = value.numberValue ?? value.stringValue.flatMap { JSONNumber(text: $0) }
        return number.flatMap { ModelTime($0, inThousandths: inThousandths) }.map { .string($0.text) }
    }

    private var phrase: String {
        switch self {
        case .string: "a string"
        case .number: "a number"
        case .integer: "an integer"
        case .boolean: "a boolean"
        case .date: "a date"
        case .time, .timeFromSeconds, .timeFromMilliseconds: "a time"
        case .money: "an amount of money"
        }
    }
}

extension JSONValue {
    /// The kind of value as messages call it: `a number`.
    var typePhrase: String {
        switch self {
        case .array, .object: "an \(typeName)"
        case .null: typeName
        case .bool, .number, .string: "a \(typeName)"
        }
    }
}
