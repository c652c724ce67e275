import Contracts

/// Puts the examples of an operation's parts together to calls.
///
/// Parts may have several examples by name; those of the same name belong together, and a part without one of that name
/// gives its first.
struct OpenAPIExamples {
    typealias Choice = (name: String?, value: JSONValue)

    private struct Part {
        /// `path`, `query` or `body`.
        let holder: String
        /// The parameter; nil for the body.
        let member: String?
        let choices: [Choice]
    }

    private static let most = 64

    private var parts: [Part] = []
    private var isWhole = true

    /// - Parameter isNeeded: whether there is no call without the part.
    mutating func add(_ choices: [Choice], to holder: String, _ member: String? = nil, isNeeded: Bool) {
        if choices.isEmpty {
            if isNeeded { isWhole = false }
        } else {
            parts.append(Part(holder: holder, member: member, choices: choices))
        }
    }

    /// Whole calls, in the document's order; none where a part that is needed has no example.
    var calls: [(name: String, input: JSONValue)] {
        guard isWhole, !parts.isEmpty else { return [] }
        var names: [String] = []
        var known: Set<String> = []
        for name in parts.flatMap(\.choices).compactMap(\.name) where known.insert(name).inserted { names.append(name) }
        if names.isEmpty { return [("example", input(nil))] }
        return names.prefix(Self.most).map { ($0, input($0)) }
    }

    private func input(_ name: String?) -> JSONValue {
        var input: JSONValue = [:]
        for part in parts {
            guard let value = (part.choices.first { $0.name == name } ?? part.choices.first)?.value else { continue }
            if let member = part.member {
                var members = input[part.holder] ?? [:]
                members[member] = value
                input[part.holder] = members
            } else {
                input[part.holder] = value
            }
        }
        return input
    }

    /// The examples that a parameter or a content has beside its schema: `example`, or the values of `examples`.
    ///
    /// - Parameter unread: told of those that cannot be read, by their names.
    static func choices(
        of value: JSONValue, at place: DocumentPlace, _ files: DescriptionFiles, unread: (String) -> Void
    ) -> [Choice] {
        if let example = value["example"] { return [(nil, example)] }
        var choices: [Choice] = []
        for (name, example) in value["examples"]?.objectValue?.entries.prefix(most) ?? [] {
            guard let (example, _) = try? files.followed(example, at: place.appending("examples", name)),
                let value = example["value"]
            else {
                unread(name)
                continue
            }
            choices.append((name, value))
        }
        return choices
    }
}
