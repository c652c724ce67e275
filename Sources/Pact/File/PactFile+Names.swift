extension PactFile {
    /// Consumer and provider, as reports name them.
    package var parties: String { "\(consumer) and \(provider)" }

    /// The interactions with names of which none comes twice.
    package var named: [(name: String, interaction: PactInteraction)] {
        var seen: [String: Int] = [:]
        return interactions.map { interaction in
            seen[interaction.name, default: 0] += 1
            let count = seen[interaction.name] ?? 1
            return (count == 1 ? interaction.name : "\(interaction.name) (\(count))", interaction)
        }
    }
}

extension PactInteraction {
    package var isHTTP: Bool {
        if case .http = kind { true } else { false }
    }
}
