/// Looks for the member that tells alternatives apart.
struct SchemaSwitchFinder {
    let nodes: [SchemaNode]
    let steps: [SchemaStep]
    let targets: [Int]

    /// A name that every alternative requires and gives texts of its own; nil when there is none.
    func find(_ alternatives: [Int]) -> (name: SchemaName, values: [(value: SchemaName, node: Int)])? {
        guard alternatives.count > 1, let first = alternatives.first else { return nil }
        for (name, _) in texts(of: targets[first]) {
            var values: [(value: SchemaName, node: Int)] = []
            var seen: Set<SchemaName> = []
            let isDecisive = alternatives.allSatisfy { alternative in
                guard let own = texts(of: targets[alternative]).first(where: { $0.name == name })?.texts else {
                    return false
                }
                values += own.map { ($0, targets[alternative]) }
                return own.allSatisfy { seen.insert($0).inserted }
            }
            if isDecisive { return (name, values) }
        }
        return nil
    }

    /// The members that an alternative requires and that have one of some texts.
    private func texts(of node: Int) -> [(name: SchemaName, texts: [SchemaName])] {
        var required: Set<SchemaName> = []
        var members: [(name: SchemaName, node: Int)] = []
        for index in nodes[node].steps {
            switch steps[index].instruction {
            case .required(let names): required.formUnion(names)
            case .members(let found): members += found.names
            default: continue
            }
        }
        return members.compactMap { name, child in
            guard required.contains(name), let texts = choices(of: targets[child]) else { return nil }
            return (name, texts)
        }
    }

    private func choices(of node: Int) -> [SchemaName]? {
        for index in nodes[node].steps {
            guard case .choice(let values) = steps[index].instruction else { continue }
            let texts = values.compactMap(\.stringValue)
            return texts.count == values.count ? texts.map { SchemaName($0) } : nil
        }
        return nil
    }
}
