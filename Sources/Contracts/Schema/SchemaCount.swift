/// A limit on how much there is of something.
struct SchemaCount: Sendable {
    enum What: Sendable {
        /// Code points of a string.
        case characters
        case elements
        case members

        var kinds: SchemaKinds {
            switch self {
            case .characters: .string
            case .elements: .array
            case .members: .object
            }
        }

        var phrase: String {
            switch self {
            case .characters: "characters"
            case .elements: "elements"
            case .members: "members"
            }
        }
    }

    let what: What
    let isMinimum: Bool
    let limit: Int

    var phrase: String {
        "\(isMinimum ? "at least" : "at most") \(limit) \(what.phrase)"
    }
}
