import Contracts

/// Makes the value that takes an example's place when a pact is acted out.
enum PactGenerator: Sendable {
    case integer(ClosedRange<Int>)
    case decimal(digits: Int)
    case hexadecimal(digits: Int)
    case string(size: Int)
    case boolean
    case uuid(UUIDForm)
    /// The present moment in this form.
    case moment(PactMoment)
    /// A text in which `${name}` stands for what the provider's state has told, or one such name.
    case providerState(String)
    /// The example, with the server's own address in the place of the one it shows.
    case serverURL(RegularExpression?, example: String)

    enum UUIDForm: String, Sendable {
        case simple = "simple"
        case lowercase = "lower-case-hyphenated"
        case uppercase = "upper-case-hyphenated"
        case urn = "URN"
    }
}
