extension JSONValue: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByFloatLiteral, ExpressibleByStringLiteral, ExpressibleByStringInterpolation,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    public init(nilLiteral: ()) {
        self = .null
    }

    public init(booleanLiteral value: Bool) {
        self = .bool(value)
    }

    public init(integerLiteral value: Int) {
        self = .number(JSONNumber(value))
    }

    public init(floatLiteral value: Double) {
        self.init(value)
    }

    public init(stringLiteral value: String) {
        self = .string(value)
    }

    public init(arrayLiteral elements: JSONValue...) {
        self = .array(elements)
    }

    /// A name written twice keeps its first place and its last value.
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        self = .object(JSONObject(elements))
    }
}

extension JSONValue {
    public init(_ value: Bool) {
        self = .bool(value)
    }

    public init(_ value: Int) {
        self = .number(JSONNumber(value))
    }

    /// JSON has no NaN and no infinities: they become `null`.
    public init(_ value: Double) {
        self = JSONNumber(value).map(JSONValue.number) ?? .null
    }

    public init(_ value: String) {
        self = .string(value)
    }

    public init(_ value: JSONObject) {
        self = .object(value)
    }

    public init(_ value: [JSONValue]) {
        self = .array(value)
    }

    public init(_ value: [String]) {
        self = .array(value.map(JSONValue.string))
    }

    public init(_ value: Bool?) {
        self = value.map(JSONValue.bool) ?? .null
    }

    public init(_ value: Int?) {
        self = value.map { .number(JSONNumber($0)) } ?? .null
    }

    public init(_ value: Double?) {
        self = value.flatMap(JSONNumber.init).map(JSONValue.number) ?? .null
    }

    public init(_ value: String?) {
        self = value.map(JSONValue.string) ?? .null
    }
}
