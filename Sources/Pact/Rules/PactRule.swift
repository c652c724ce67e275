/// How a value may differ from the example at its place.
indirect enum PactRule: Sendable {
    case equality
    case regex(PactPattern)
    /// The same type; for collections and elements also a least or greatest size.
    case type(min: Int?, max: Int?)
    case include(String)
    case number
    case integer
    case decimal
    case boolean
    case null
    case moment(PactMoment)
    case contentType(String)
    /// Each variant must be met by some element.
    case arrayContains([Variant])
    /// The members' values alone count, whatever the names.
    case values
    case eachKey([PactRule])
    case eachValue([PactRule])
    case statusCode(StatusClass)
    case notEmpty
    case semver
    /// Nothing meets it; the words say what about the rule is not understood.
    case unknown(String)

    /// One of the elements that an array must hold.
    struct Variant: Sendable {
        /// Its example's place in the example array.
        let index: Int
        let rules: PactRules
    }

    var isType: Bool {
        if case .type = self { true } else { false }
    }

    /// Whether it speaks of all members of a collection, not of each by its name.
    var isValues: Bool {
        switch self {
        case .values, .eachValue, .arrayContains: true
        default: false
        }
    }
}
