/// A limit on how much there is of something.
struct SchemaCount: Sendable {
    enum What: Sendable {
        /// Code points of a string.
        case characters
        case elements
        case members

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

    func allows(_ count: Int) -> Bool {
        isMinimum ? count >= limit : count <= limit
    }

    var phrase: String {
        "\(isMinimum ? "at least" : "at most") \(limit) \(what.phrase)"
    }
}
