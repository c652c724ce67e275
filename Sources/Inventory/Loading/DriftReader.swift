/// Reads `drift`: a word for everything that breaks the contract, or words for its kinds.
struct DriftReader {
    /// `standard`: what the provider says for all of its operations.
    func read(_ reader: MapReader, standard: DriftRules = DriftRules()) -> DriftRules {
        let words = DriftRules.Action.allCases.map(\.rawValue).joined(separator: ", ")
        let expected = "one of \(words), or such words for kinds of departures"
        guard let field = reader.value("drift") else { return standard }
        guard field.node.entries != nil else {
            let action: DriftRules.Action? = reader.choice("drift")
            return DriftRules(breaks: action ?? standard.breaks, kinds: standard.kinds)
        }
        guard let map = field.reader(title: "drift of \(reader.title)") else {
            field.wrong(expected: expected)
            return standard
        }
        let breaks: DriftRules.Action? = map.choice("breaks")
        var kinds = standard.kinds
        for kind in DriftRules.Kind.allCases {
            if let action: DriftRules.Action = map.choice(kind.rawValue) { kinds[kind] = action }
        }
        map.finish()
        return DriftRules(breaks: breaks ?? standard.breaks, kinds: kinds)
    }
}
