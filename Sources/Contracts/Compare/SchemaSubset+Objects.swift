extension SchemaSubset {
    /// `properties` and its companions.
    mutating func members(_ wanted: SchemaMembers, _ facets: SchemaFacets) -> [ContractGap] {
        var gaps: [ContractGap] = []
        for (name, node) in wanted.names { gaps += member(name, node, facets) }
        let declared = Self.declared(facets)
        for (expression, node) in wanted.patterns {
            for name in declared where expression.isFound(in: name.text) {
                guard let own = facets.member(name, in: from) else { continue }
                gaps += self.gaps(own, node).map { $0.below(name.text) }
            }
            guard let others = undeclared(matching: expression.text, facets) else { continue }
            gaps += self.gaps(others, node).map { $0.below("*") }
        }
        if wanted.hasRest { gaps += rest(wanted, declared, facets) }
        return gaps
    }

    private mutating func member(_ name: SchemaName, _ node: Int, _ facets: SchemaFacets) -> [ContractGap] {
        guard let own = facets.member(name, in: from) else { return [] }
        let gaps = self.gaps(own, node)
        guard !gaps.isEmpty else { return [] }
        // Not named so far: only who sent it unasked meets what is asked of it now.
        if own.nodes.isEmpty || !Self.declared(facets).contains(name) {
            return [ContractGap("undeclared", isCertain: false, member: name.text)]
        }
        return gaps.map { $0.below(name.text) }
    }

    /// Names that the first schema speaks of.
    static func declared(_ facets: SchemaFacets) -> [SchemaName] {
        var seen = Set<SchemaName>()
        let names = facets.members.flatMap { $0.names.map(\.name) } + facets.required.sorted { $0.text < $1.text }
        return names.filter { seen.insert($0).inserted }
    }

    /// What holds for members that the first schema does not name and whose names match the pattern; nil when there are none.
    private func undeclared(matching pattern: String, _ facets: SchemaFacets) -> SchemaConjunction? {
        var nodes: [Int] = []
        for members in facets.members {
            if let own = members.patterns.first(where: { $0.expression.text == pattern }) {
                nodes.append(own.node)
            } else if members.patterns.isEmpty {
                switch members.rest {
                case .free: continue
                case .forbidden: return nil
                case .node(let node): nodes.append(node)
                }
            }
        }
        return SchemaConjunction(nodes)
    }

    /// `additionalProperties` of the second schema.
    private mutating func rest(
        _ wanted: SchemaMembers, _ declared: [SchemaName], _ facets: SchemaFacets
    ) -> [ContractGap] {
        var gaps: [ContractGap] = []
        for name in declared {
            guard !wanted.names.contains(where: { $0.name == name }),
                !wanted.patterns.contains(where: { $0.expression.isFound(in: name.text) }),
                let own = facets.member(name, in: from)
            else { continue }
            if case .node(let node) = wanted.rest {
                gaps += self.gaps(own, node).map { $0.below(name.text) }
            } else if case .forbidden = wanted.rest, !SchemaFacets(own, in: from.program).isNever {
                gaps.append(ContractGap("additionalProperties", isCertain: true, member: name.text))
            }
        }
        for members in facets.members {
            for (expression, node) in members.patterns
            where !wanted.patterns.contains(where: { $0.expression.text == expression.text }) {
                gaps += self.rest(wanted.rest, SchemaConjunction([node]))
            }
        }
        var nodes: [Int] = []
        for members in facets.members {
            switch members.rest {
            case .free: continue
            case .forbidden: return gaps
            case .node(let node): nodes.append(node)
            }
        }
        return gaps + rest(wanted.rest, SchemaConjunction(nodes))
    }

    private mutating func rest(_ rest: SchemaRest, _ own: SchemaConjunction) -> [ContractGap] {
        switch rest {
        case .free: []
        case .node(let node): gaps(own, node).map { $0.below("*") }
        case .forbidden:
            SchemaFacets(own, in: from.program).isNever
                ? [] : [ContractGap("additionalProperties", isCertain: true)]
        }
    }

    mutating func propertyNames(_ node: Int, _ facets: SchemaFacets) -> [ContractGap] {
        let named = SchemaConjunction(facets.names).only(.string)
        if gaps(named, node).isEmpty { return [] }
        let isClosed = facets.members.contains { members in
            if case .forbidden = members.rest { members.patterns.isEmpty } else { false }
        }
        let refused = Self.declared(facets).filter { name in
            facets.member(name, in: from) != nil && !to.accepts(JSONDocument(.string(name.text)), at: node)
        }
        if isClosed, refused.isEmpty { return [] }
        return [ContractGap("propertyNames", isCertain: facets.names.isEmpty && !isClosed)]
    }

    func dependents(
        _ entries: [(name: SchemaName, needs: [SchemaName])], _ facets: SchemaFacets
    ) -> [ContractGap] {
        entries.flatMap { entry -> [ContractGap] in
            if facets.member(entry.name, in: from) == nil { return [] }
            var given = facets.required
            for own in facets.dependentRequired where own.name == entry.name || given.contains(own.name) {
                given.formUnion(own.needs)
            }
            return entry.needs.filter { !given.contains($0) }.map {
                ContractGap(
                    "dependentRequired", to: "where there is \(entry.name.text)", isCertain: true, member: $0.text)
            }
        }
    }

    mutating func dependents(
        _ entries: [(name: SchemaName, node: Int)], _ conjunction: SchemaConjunction, _ facets: SchemaFacets
    ) -> [ContractGap] {
        var gaps: [ContractGap] = []
        for entry in entries where facets.member(entry.name, in: from) != nil {
            var own = conjunction
            for other in facets.dependentSchemas where other.name == entry.name { own = own.adding(other.node) }
            gaps += self.gaps(own, entry.node)
        }
        return gaps
    }

    /// `items`, `prefixItems` and the older keywords.
    mutating func elements(_ prefix: [Int], _ rest: SchemaRest, _ facets: SchemaFacets) -> [ContractGap] {
        let most = facets.most(.elements) ?? Int.max
        let known = facets.elements.map(\.prefix.count).max() ?? 0
        var gaps: [ContractGap] = []
        for index in 0..<max(prefix.count, known) where index < most {
            guard let own = facets.element(index) else { break }
            if index < prefix.count {
                gaps += self.gaps(own, prefix[index]).map { $0.below(String(index)) }
            } else {
                gaps += element(rest, own, String(index))
            }
        }
        guard max(prefix.count, known) < most, let own = facets.element(max(prefix.count, known)) else { return gaps }
        return gaps + element(rest, own, "*")
    }

    private mutating func element(_ rest: SchemaRest, _ own: SchemaConjunction, _ token: String) -> [ContractGap] {
        switch rest {
        case .free: []
        case .node(let node): gaps(own, node).map { $0.below(token) }
        case .forbidden:
            SchemaFacets(own, in: from.program).isNever
                ? [] : [ContractGap("items", to: "no more elements", isCertain: true)]
        }
    }
}
