/// Whether schemas of two programs say the same, word for word but for annotations and the order of keywords.
///
/// Schemas that lead back to themselves are the same unless a difference shows.
struct SchemaSameness {
    private struct Pair: Hashable {
        let left: Int
        let right: Int
    }

    let left: SchemaProgram
    let right: SchemaProgram
    private var known: [Pair: Bool] = [:]
    private var waiting: [Pair] = []

    init(_ left: SchemaProgram, _ right: SchemaProgram) {
        self.left = left
        self.right = right
    }

    mutating func areSame(_ first: Int, _ second: Int) -> Bool {
        if left === right, first == second { return true }
        let root = Pair(left: first, right: second)
        if let known = known[root] { return known }
        var assumed: Set<Pair> = [root]
        waiting = [root]
        while let pair = waiting.popLast() {
            let count = waiting.count
            guard compare(left.nodes[pair.left], right.nodes[pair.right]) else {
                known[pair] = false
                known[root] = false
                return false
            }
            let fresh = waiting[count...].filter { known[$0] != true && assumed.insert($0).inserted }
            waiting.replaceSubrange(count..., with: fresh)
            if fresh.contains(where: { known[$0] == false }) {
                known[root] = false
                return false
            }
        }
        // Everything that hangs on it was looked at: what held, holds.
        for pair in assumed { known[pair] = true }
        return true
    }

    /// Leaves the pair for later.
    private mutating func expect(_ first: Int, _ second: Int) -> Bool {
        if left !== right || first != second { waiting.append(Pair(left: first, right: second)) }
        return true
    }

    private mutating func compare(_ first: SchemaNode, _ second: SchemaNode) -> Bool {
        guard first.steps.count == second.steps.count else { return false }
        let own = first.steps.map { left.steps[$0] }.sorted { $0.keyword < $1.keyword }
        let other = second.steps.map { right.steps[$0] }.sorted { $0.keyword < $1.keyword }
        return zip(own, other).allSatisfy { $0.keyword == $1.keyword && areSame($0.instruction, $1.instruction) }
    }

    private mutating func areSame(_ first: SchemaInstruction, _ second: SchemaInstruction) -> Bool {
        switch (first, second) {
        case (.types(let one), .types(let two)): one == two
        case (.choice(let one), .choice(let two)): Set(one) == Set(two)
        case (.bound(let one), .bound(let two)): one.kind == two.kind && one.limit == two.limit
        case (.multiple(let one), .multiple(let two)): one.divisor == two.divisor
        case (.count(let one), .count(let two)):
            one.what == two.what && one.isMinimum == two.isMinimum && one.limit == two.limit
        case (.pattern(let one), .pattern(let two)): one.text == two.text
        case (.format(let one), .format(let two)): one == two
        case (.unique, .unique), (.never, .never): true
        case (.members(let one), .members(let two)): areSame(one, two)
        case (.required(let one), .required(let two)): Set(one) == Set(two)
        case (.dependentRequired(let one), .dependentRequired(let two)):
            one.count == two.count
                && one.allSatisfy { entry in
                    two.contains { $0.name == entry.name && Set($0.needs) == Set(entry.needs) }
                }
        case (.dependentSchemas(let one), .dependentSchemas(let two)): areSame(one, two)
        case (.propertyNames(let one), .propertyNames(let two)): expect(one, two)
        case (.elements(let one, let oneRest), .elements(let two, let twoRest)):
            areSame(one, two) && areSame(oneRest, twoRest)
        case (.contains(let one, let oneLeast, let oneMost, _), .contains(let two, let twoLeast, let twoMost, _)):
            oneLeast == twoLeast && oneMost == twoMost && expect(one, two)
        case (.all(let one), .all(let two)), (.any(let one), .any(let two)), (.one(let one), .one(let two)):
            areSame(one, two)
        case (.not(let one), .not(let two)): expect(one, two)
        case (.condition(let one, let oneThen, let oneElse), .condition(let two, let twoThen, let twoElse)):
            expect(one, two) && areSame(oneThen, twoThen) && areSame(oneElse, twoElse)
        case (.reference(let one), .reference(let two)): expect(one, two)
        case (.unevaluatedMembers(let one), .unevaluatedMembers(let two)): areSame(one, two)
        case (.unevaluatedElements(let one), .unevaluatedElements(let two)): areSame(one, two)
        // Where a dynamic reference leads depends on the way to it.
        default: false
        }
    }

    private mutating func areSame(_ first: SchemaMembers, _ second: SchemaMembers) -> Bool {
        guard first.hasRest == second.hasRest, first.patterns.count == second.patterns.count,
            areSame(first.rest, second.rest), areSame(first.names, second.names)
        else { return false }
        for (expression, node) in first.patterns {
            guard let other = second.patterns.first(where: { $0.expression.text == expression.text }),
                expect(node, other.node)
            else { return false }
        }
        return true
    }

    private mutating func areSame(
        _ first: [(name: SchemaName, node: Int)], _ second: [(name: SchemaName, node: Int)]
    ) -> Bool {
        guard first.count == second.count else { return false }
        let others = Dictionary(second.map { ($0.name, $0.node) }) { first, _ in first }
        return first.allSatisfy { name, node in others[name].map { expect(node, $0) } ?? false }
    }

    private mutating func areSame(_ first: SchemaRest, _ second: SchemaRest) -> Bool {
        switch (first, second) {
        case (.free, .free), (.forbidden, .forbidden): true
        case (.node(let one), .node(let two)): expect(one, two)
        default: false
        }
    }

    private mutating func areSame(_ first: [Int], _ second: [Int]) -> Bool {
        first.count == second.count && zip(first, second).allSatisfy { expect($0, $1) }
    }

    private mutating func areSame(_ first: Int?, _ second: Int?) -> Bool {
        switch (first, second) {
        case (nil, nil): true
        case (let one?, let two?): expect(one, two)
        default: false
        }
    }
}
