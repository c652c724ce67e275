extension SchemaSubset {
    mutating func any(_ nodes: [Int], _ conjunction: SchemaConjunction, _ facets: SchemaFacets) -> [ContractGap] {
        var failed: [[ContractGap]] = []
        for node in nodes {
            let gaps = gaps(conjunction, node)
            if gaps.isEmpty { return [] }
            if !areDisjoint(facets, node) { failed.append(gaps) }
        }
        // Told of the one that was meant, where there is only one it could be.
        if failed.count == 1 { return failed[0] }
        let isCertain = failed.allSatisfy { $0.contains(where: \.isCertain) }
        return [ContractGap("alternatives", to: "\(nodes.count) alternatives", isCertain: isCertain)]
    }

    mutating func one(_ nodes: [Int], _ conjunction: SchemaConjunction, _ facets: SchemaFacets) -> [ContractGap] {
        var failed: [[ContractGap]] = []
        var fits = false
        for node in nodes {
            let gaps = gaps(conjunction, node)
            if gaps.isEmpty {
                fits = true
                if nodes.allSatisfy({ $0 == node || areDisjoint(facets, $0) }) { return [] }
            } else if !areDisjoint(facets, node) {
                failed.append(gaps)
            }
        }
        for list in facets.alternatives where list.isOne && list.nodes.count == nodes.count {
            var left = nodes
            for own in list.nodes {
                if let place = left.firstIndex(where: { sameness.areSame(own, $0) }) { left.remove(at: place) }
            }
            if left.isEmpty { return [] }
        }
        if !fits, failed.count == 1 { return failed[0] }
        let isCertain = !fits && failed.allSatisfy { $0.contains(where: \.isCertain) }
        return [ContractGap("alternatives", to: "one of \(nodes.count) alternatives", isCertain: isCertain)]
    }

    mutating func condition(
        _ test: Int, _ then: Int?, _ otherwise: Int?, _ conjunction: SchemaConjunction, _ facets: SchemaFacets
    ) -> [ContractGap] {
        var (whenTrue, whenFalse) = (conjunction, conjunction)
        for own in facets.conditions where sameness.areSame(own.test, test) {
            if let node = own.then { whenTrue = whenTrue.adding(node) }
            if let node = own.otherwise { whenFalse = whenFalse.adding(node) }
        }
        let isAsked = !areDisjoint(facets, test)
        var isShown = true
        if let then, isAsked { isShown = gaps(whenTrue, then).isEmpty }
        if isShown, let otherwise { isShown = gaps(whenFalse, otherwise).isEmpty }
        return isShown ? [] : [ContractGap("if", isCertain: false)]
    }

    /// Whether it is sure that no value of the first fits a schema of the second program.
    func areDisjoint(_ facets: SchemaFacets, _ node: Int, depth: Int = 0) -> Bool {
        let other = SchemaFacets(SchemaConjunction([node]), in: to.program)
        if facets.isNever || other.isNever || facets.types.met(with: other.types).isEmpty { return true }
        if let values = other.choices.first, let own = facets.choices.first {
            if Set(values).isDisjoint(with: own) { return true }
        }
        guard depth < 4, facets.types.each == [.object] || other.types.each == [.object] else { return false }
        for name in other.required where facets.member(name, in: from) == nil { return true }
        for name in facets.required {
            guard let theirs = other.member(name, in: to) else { return true }
            guard let own = facets.member(name, in: from) else { continue }
            let inner = SchemaFacets(own, in: from.program)
            if theirs.nodes.contains(where: { areDisjoint(inner, $0, depth: depth + 1) }) { return true }
        }
        return false
    }
}
