/// Shows that every value one schema lets through is let through by another, or says what stands against it.
///
/// What cannot be shown is a gap: a false alarm may happen, a missed one not. The proof goes along the keywords of the
/// second schema; where the first has alternatives, each is shown for itself. A pair of schemas that is met again on the
/// way is taken for shown, since every value that led back to it lies inside another.
struct SchemaSubset {
    struct Pair: Hashable {
        let from: SchemaConjunction
        let to: Int
    }

    static let gapLimit = 500
    private static let deepest = 200
    private static let largest = 50_000

    let from: Schema
    let to: Schema
    var sameness: SchemaSameness
    private var known: [Pair: [ContractGap]] = [:]
    private var open: [Pair: Int] = [:]
    /// What was found about a pair on the assumption that an open one, the outermost of which has the level, is shown.
    private var assumed: [Pair: (gaps: [ContractGap], level: Int)] = [:]
    /// The pairs of `assumed` in the order in which they came.
    private var trail: [Pair] = []
    /// The outermost open pair that was taken for shown.
    private var lowest = Int.max
    private var budget = SchemaSubset.largest

    init(from: Schema, to: Schema) {
        self.from = from
        self.to = to
        sameness = SchemaSameness(from.program, to.program)
    }

    /// What a schema of the first program lets through and one of the second does not.
    mutating func gaps(from first: Int = 0, to second: Int = 0) -> [ContractGap] {
        budget = SchemaSubset.largest
        return gaps(SchemaConjunction([first]), second)
    }

    mutating func gaps(_ conjunction: SchemaConjunction, _ node: Int) -> [ContractGap] {
        let node = to.program.withoutReference(node)
        let conjunction = conjunction.replacingNodes { from.program.withoutReference($0) }
        if conjunction.nodes.count == 1, sameness.areSame(conjunction.nodes[0], node) { return [] }
        let pair = Pair(from: conjunction, to: node)
        if let known = known[pair] { return known }
        if let level = open[pair] {
            lowest = min(lowest, level)
            return []
        }
        if let found = assumed[pair] {
            lowest = min(lowest, found.level)
            return found.gaps
        }
        budget -= 1
        guard budget > 0, open.count < SchemaSubset.deepest else {
            return [ContractGap("size", isCertain: false)]
        }
        let level = open.count
        open[pair] = level
        let outer = lowest
        let start = trail.count
        lowest = Int.max
        let found = Array(unique(prove(conjunction, node)).prefix(SchemaSubset.gapLimit))
        open[pair] = nil
        close(pair, found, level, since: start)
        lowest = min(outer, lowest >= level ? Int.max : lowest)
        return found
    }

    /// What rested on the pair now rests on what the pair itself rests on, or is forgotten where the pair has failed. What
    /// rests on nothing is known for good.
    private mutating func close(_ pair: Pair, _ found: [ContractGap], _ level: Int, since start: Int) {
        let isSettled = lowest >= level
        var kept: [Pair] = []
        for other in trail[start...] {
            guard let entry = assumed[other] else { continue }
            if entry.level < level {
                kept.append(other)
            } else if !found.isEmpty {
                assumed[other] = nil
            } else if isSettled {
                assumed[other] = nil
                known[other] = entry.gaps
            } else {
                assumed[other]?.level = lowest
                kept.append(other)
            }
        }
        trail.replaceSubrange(start..., with: kept)
        if isSettled {
            known[pair] = found
        } else {
            assumed[pair] = (found, lowest)
            trail.append(pair)
        }
    }

    private func unique(_ gaps: [ContractGap]) -> [ContractGap] {
        var seen: Set<ContractGap> = []
        return gaps.filter { seen.insert($0).inserted }
    }

    private mutating func prove(_ conjunction: SchemaConjunction, _ node: Int) -> [ContractGap] {
        let facets = SchemaFacets(conjunction, in: from.program)
        if facets.isNever { return [] }
        if let values = finite(facets, conjunction) { return refused(values, node, facets) }
        let direct = to.program.nodes[node].steps.flatMap { step($0, conjunction, facets) }
        guard !direct.isEmpty else { return [] }
        return split(conjunction, facets, node, direct) ?? direct
    }

    /// The proof for each alternative and each type by itself; nil when there are none or it shows no more.
    private mutating func split(
        _ conjunction: SchemaConjunction, _ facets: SchemaFacets, _ node: Int, _ direct: [ContractGap]
    ) -> [ContractGap]? {
        if let list = facets.alternatives.first(where: { $0.nodes.count <= 64 }), conjunction.chosen.count < 4 {
            let gaps = list.nodes.flatMap { self.gaps(conjunction.choosing($0, of: list.step), node) }
            return gaps.isEmpty || gaps.contains(where: \.isCertain) || !direct.contains(where: \.isCertain)
                ? gaps : direct
        }
        let types = facets.types.each
        guard types.count > 1, types.count < 6 else { return nil }
        let gaps = types.flatMap { self.gaps(conjunction.only($0), node) }
        return gaps.count < direct.count || gaps.allSatisfy(\.isCertain) ? gaps : nil
    }

    /// All values of the conjunction, when there are few.
    private func finite(_ facets: SchemaFacets, _ conjunction: SchemaConjunction) -> [JSONValue]? {
        var values: [JSONValue]
        if let list = facets.choices.min(by: { $0.count < $1.count }) {
            values = list
        } else if facets.types.isInside([.null, .boolean]) {
            values = facets.types.contains(.boolean) ? [true, false] : []
            if facets.types.contains(.null) { values.append(.null) }
        } else {
            return nil
        }
        let only = SchemaTypes(rawValue: conjunction.types)
        values.removeAll { value in
            let document = JSONDocument(value)
            return !SchemaTypes(of: value).isInside(only)
                || conjunction.nodes.contains { !from.accepts(document, at: $0) }
        }
        return values
    }

    private func refused(_ values: [JSONValue], _ node: Int, _ facets: SchemaFacets) -> [ContractGap] {
        let refused = values.filter { !to.accepts(JSONDocument($0), at: node) }
        guard !refused.isEmpty else { return [] }
        let shown = refused.prefix(8).map(Self.shown).joined(separator: ", ") + (refused.count > 8 ? ", ..." : "")
        let rule = facets.choices.isEmpty ? "type" : "values"
        return [ContractGap(rule, from: shown, to: phrase(of: node), isCertain: true)]
    }

    static func shown(_ value: JSONValue) -> String {
        let text = value.text
        return text.count > 40 ? String(text.prefix(37)) + "..." : text
    }

    /// The types a schema of the second program allows, in words.
    func phrase(of node: Int) -> String {
        let facets = SchemaFacets(SchemaConjunction([node]), in: to.program)
        if facets.isNever { return "nothing" }
        return facets.types == .everything ? "any value" : facets.types.phrase
    }
}

extension SchemaTypes {
    /// The type of one value.
    init(of value: JSONValue) {
        switch value {
        case .null: self = .null
        case .bool: self = .boolean
        case .string: self = .string
        case .array: self = .array
        case .object: self = .object
        case .number(let number):
            self = number.isWrittenAsInteger ? [.integer, .writtenInteger] : number.isInteger ? .integer : .number
        }
    }
}

extension SchemaProgram {
    /// Where a schema leads that is nothing but a reference.
    func withoutReference(_ node: Int) -> Int {
        var node = node
        for _ in 0..<32 {
            let range = nodes[node].steps
            guard range.count == 1, case .reference(let next) = steps[range.lowerBound].instruction,
                codes[range.lowerBound].b == 0
            else { break }
            node = next
        }
        return node
    }
}
