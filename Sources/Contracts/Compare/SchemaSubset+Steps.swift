extension SchemaSubset {
    /// What stands against one keyword of the second schema.
    mutating func step(_ index: Int, _ conjunction: SchemaConjunction, _ facets: SchemaFacets) -> [ContractGap] {
        let step = to.program.steps[index]
        let types = facets.types
        let (hasNumbers, hasTexts) = (types.contains(.number) || types.contains(.integer), types.contains(.string))
        switch step.instruction {
        case .never: return [ContractGap("false", from: types.phrase, to: "nothing", isCertain: true)]
        case .types(let allowed):
            guard !types.isInside(allowed) else { return [] }
            return [ContractGap("type", from: words(types), to: words(allowed), isCertain: true)]
        case .choice(let values):
            let shown = values.prefix(8).map(Self.shown).joined(separator: ", ") + (values.count > 8 ? ", ..." : "")
            return [ContractGap("enum", from: words(types), to: shown, isCertain: true)]
        case .bound(let bound): return hasNumbers ? self.bound(bound, facets) : []
        case .multiple(let multiple): return hasNumbers ? self.multiple(multiple, facets) : []
        case .count(let count): return self.count(count, facets)
        case .pattern(let expression):
            guard hasTexts, !facets.patterns.contains(expression.text) else { return [] }
            let own = facets.patterns.sorted().joined(separator: ", ")
            return [
                ContractGap(
                    "pattern", from: own, to: expression.text,
                    isCertain: facets.patterns.isEmpty && facets.formats.isEmpty)
            ]
        case .format(let format): return self.format(format, facets, hasNumbers, hasTexts)
        case .unique:
            let few = facets.most(.elements).map { $0 < 2 } ?? false
            guard types.contains(.array), !facets.isUnique, !few else { return [] }
            return [ContractGap("uniqueItems", to: "elements that all differ", isCertain: true)]
        case .required(let names):
            guard types.contains(.object) else { return [] }
            return names.filter { !facets.required.contains($0) }.map {
                ContractGap("required", isCertain: true, member: $0.text)
            }
        case .dependentRequired(let entries): return types.contains(.object) ? dependents(entries, facets) : []
        case .dependentSchemas(let entries):
            return types.contains(.object) ? dependents(entries, conjunction, facets) : []
        case .members(let members): return types.contains(.object) ? self.members(members, facets) : []
        case .propertyNames(let node): return types.contains(.object) ? propertyNames(node, facets) : []
        case .elements(let prefix, let rest):
            return types.contains(.array) ? elements(prefix, rest, facets) : []
        case .contains(let node, let least, let most, _):
            guard types.contains(.array), least > 0 || most != nil else { return [] }
            let isSaid = facets.contains.contains { own in
                own.least >= least && (most.map { (own.most ?? Int.max) <= $0 } ?? true)
                    && sameness.areSame(own.node, node)
            }
            return isSaid ? [] : [ContractGap("contains", isCertain: false)]
        case .all(let nodes): return nodes.flatMap { gaps(conjunction, $0) }
        case .reference(let node):
            // One that may lead back to itself for the same value refuses the value.
            return to.program.codes[index].b == 0 ? gaps(conjunction, node) : [ContractGap("$ref", isCertain: false)]
        case .any(let nodes): return any(nodes, conjunction, facets)
        case .one(let nodes): return one(nodes, conjunction, facets)
        case .not(let node):
            if facets.nots.contains(where: { sameness.areSame($0, node) }) || areDisjoint(facets, node) { return [] }
            return [ContractGap("not", isCertain: false)]
        case .condition(let test, let then, let otherwise):
            return condition(test, then, otherwise, conjunction, facets)
        case .dynamicReference: return [ContractGap("$dynamicRef", isCertain: false)]
        case .unevaluatedMembers(let rest):
            if case .free = rest { return [] }
            return types.contains(.object) ? [ContractGap(step.keyword, isCertain: false)] : []
        case .unevaluatedElements(let rest):
            if case .free = rest { return [] }
            return types.contains(.array) ? [ContractGap(step.keyword, isCertain: false)] : []
        }
    }

    private func words(_ types: SchemaTypes) -> String {
        types == .everything ? "any type" : types.phrase
    }

    private func bound(_ bound: SchemaBound, _ facets: SchemaFacets) -> [ContractGap] {
        let limit = JSONDecimal(bound.limit.text)
        let isLower = bound.kind == .minimum || bound.kind == .exclusiveMinimum
        let own = facets.bounds.filter { ($0.kind == .minimum || $0.kind == .exclusiveMinimum) == isLower }
        let isSaid = own.contains { other in
            let value = JSONDecimal(other.limit.text)
            if value == limit {
                return other.kind == bound.kind || other.kind == .exclusiveMinimum || other.kind == .exclusiveMaximum
            }
            return isLower ? limit < value : value < limit
        }
        let phrase = own.map(\.phrase).joined(separator: ", ")
        return isSaid ? [] : [ContractGap(bound.kind.rawValue, from: phrase, to: bound.phrase, isCertain: true)]
    }

    private func multiple(_ multiple: SchemaMultiple, _ facets: SchemaFacets) -> [ContractGap] {
        if !facets.types.contains(.number), multiple.divides("1".utf8) { return [] }
        if facets.multiples.contains(where: { multiple.divides($0.divisor.text.utf8) }) { return [] }
        let own = facets.multiples.map { "a multiple of \($0.divisor.text)" }.joined(separator: ", ")
        return [ContractGap("multipleOf", from: own, to: "a multiple of \(multiple.divisor.text)", isCertain: true)]
    }

    private func count(_ count: SchemaCount, _ facets: SchemaFacets) -> [ContractGap] {
        let type: SchemaTypes =
            switch count.what {
            case .characters: .string
            case .elements: .array
            case .members: .object
            }
        guard facets.types.contains(type) else { return [] }
        let isSaid: Bool
        if count.isMinimum {
            let given = count.what == .members ? facets.required.count : 0
            isSaid = max(facets.least(count.what), given) >= count.limit
        } else {
            isSaid = facets.most(count.what).map { $0 <= count.limit } ?? false
        }
        let own = facets.counts.filter { $0.what == count.what && $0.isMinimum == count.isMinimum }.map(\.phrase)
        let rule =
            (count.isMinimum ? "min" : "max")
            + (count.what == .characters ? "Length" : count.what == .elements ? "Items" : "Properties")
        return isSaid
            ? [] : [ContractGap(rule, from: own.joined(separator: ", "), to: count.phrase, isCertain: true)]
    }

    private func format(
        _ format: SchemaFormat, _ facets: SchemaFacets, _ hasNumbers: Bool, _ hasTexts: Bool
    ) -> [ContractGap] {
        guard format.kinds == .number ? hasNumbers : hasTexts, !facets.formats.contains(format) else { return [] }
        if format == .int64, facets.formats.contains(.int32) { return [] }
        let own = facets.formats.map(\.name).sorted().joined(separator: ", ")
        return [
            ContractGap(
                "format", from: own, to: format.name, isCertain: facets.formats.isEmpty && facets.patterns.isEmpty)
        ]
    }
}
