/// A limit on a number's value, compared exactly.
struct SchemaBound: Sendable {
    enum Kind: String, Sendable {
        case minimum, maximum, exclusiveMinimum, exclusiveMaximum
    }

    let kind: Kind
    let limit: JSONNumber
    private let decimal: JSONDecimal
    private let int: Int?

    init(kind: Kind, limit: JSONNumber) {
        self.kind = kind
        self.limit = limit
        decimal = JSONDecimal(limit.text)
        int = limit.int
    }

    func allows(_ text: ArraySlice<UInt8>) -> Bool {
        if let int, let value = SmallInteger.read(text) { return allows(value, int) }
        return allows(JSONDecimal(text), decimal)
    }

    private func allows<Number: Comparable>(_ value: Number, _ limit: Number) -> Bool {
        switch kind {
        case .minimum: value >= limit
        case .maximum: value <= limit
        case .exclusiveMinimum: value > limit
        case .exclusiveMaximum: value < limit
        }
    }

    var phrase: String {
        switch kind {
        case .minimum: "at least \(limit.text)"
        case .maximum: "at most \(limit.text)"
        case .exclusiveMinimum: "more than \(limit.text)"
        case .exclusiveMaximum: "less than \(limit.text)"
        }
    }
}
