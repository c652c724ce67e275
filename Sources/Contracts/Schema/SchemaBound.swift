/// A limit on a number's value, compared exactly.
struct SchemaBound: Sendable {
    enum Kind: String, Sendable, CaseIterable {
        case minimum, maximum, exclusiveMinimum, exclusiveMaximum

        var number: UInt32 {
            switch self {
            case .minimum: 0
            case .maximum: 1
            case .exclusiveMinimum: 2
            case .exclusiveMaximum: 3
            }
        }

        /// `order` is less than zero, zero or more, as the value is less than the limit, equal or more.
        @inline(__always)
        static func allows(_ kind: UInt32, _ order: Int) -> Bool {
            switch kind {
            case 0: order >= 0
            case 1: order <= 0
            case 2: order > 0
            default: order < 0
            }
        }
    }

    let kind: Kind
    let limit: JSONNumber

    /// For numbers of any size.
    func allows(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        let (value, limit) = (JSONDecimal(text), JSONDecimal(limit.text))
        return Kind.allows(kind.number, value < limit ? -1 : value == limit ? 0 : 1)
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
