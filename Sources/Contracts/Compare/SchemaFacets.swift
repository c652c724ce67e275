/// What the schemas of a conjunction say, put together: references followed, `allOf` dissolved.
///
/// Leaving something out makes it say less, which is safe where it stands for what may come.
struct SchemaFacets {
    var isNever = false
    var types = SchemaTypes.everything
    var choices: [[JSONValue]] = []
    var bounds: [SchemaBound] = []
    var multiples: [SchemaMultiple] = []
    var counts: [SchemaCount] = []
    var patterns: Set<String> = []
    var formats: Set<SchemaFormat> = []
    var isUnique = false
    var required: Set<SchemaName> = []
    var dependentRequired: [(name: SchemaName, needs: [SchemaName])] = []
    var dependentSchemas: [(name: SchemaName, node: Int)] = []
    var members: [SchemaMembers] = []
    var names: [Int] = []
    var elements: [(prefix: [Int], rest: SchemaRest)] = []
    var contains: [(node: Int, least: Int, most: Int?)] = []
    /// Lists of alternatives, by their steps.
    var alternatives: [(step: Int, nodes: [Int], isOne: Bool)] = []
    var nots: [Int] = []
    var conditions: [(test: Int, then: Int?, otherwise: Int?)] = []
    /// All schemas that were looked at.
    var visited: Set<Int> = []

    init(_ conjunction: SchemaConjunction, in program: SchemaProgram) {
        types = SchemaTypes(rawValue: conjunction.types)
        var waiting = conjunction.nodes
        while let node = waiting.popLast() {
            guard visited.insert(node).inserted else { continue }
            for index in program.nodes[node].steps {
                add(program.steps[index].instruction, index, conjunction, &waiting)
            }
        }
        if types.isEmpty { isNever = true }
    }

    private mutating func add(
        _ instruction: SchemaInstruction, _ index: Int, _ conjunction: SchemaConjunction, _ waiting: inout [Int]
    ) {
        switch instruction {
        case .types(let types): self.types = self.types.met(with: types)
        case .choice(let values): choices.append(values)
        case .bound(let bound): bounds.append(bound)
        case .multiple(let multiple): multiples.append(multiple)
        case .count(let count): counts.append(count)
        case .pattern(let expression): patterns.insert(expression.text)
        case .format(let format): formats.insert(format)
        case .unique: isUnique = true
        case .members(let members): self.members.append(members)
        case .required(let names): required.formUnion(names)
        case .dependentRequired(let entries): dependentRequired += entries
        case .dependentSchemas(let entries): dependentSchemas += entries
        case .propertyNames(let node): names.append(node)
        case .elements(let prefix, let rest): elements.append((prefix, rest))
        case .contains(let node, let least, let most, _): contains.append((node, least, most))
        case .all(let nodes): waiting += nodes
        case .any(let nodes), .one(let nodes):
            if nodes.count == 1 { waiting += nodes }
            guard !conjunction.chosen.contains(index) else { return }
            let isOne = if case .one = instruction { true } else { false }
            alternatives.append((index, nodes, isOne))
        case .not(let node): nots.append(node)
        case .condition(let test, let then, let otherwise): conditions.append((test, then, otherwise))
        case .reference(let node): waiting.append(node)
        case .dynamicReference, .unevaluatedMembers, .unevaluatedElements: return
        case .never: isNever = true
        }
    }

    /// The limits on how much there is of something.
    func least(_ what: SchemaCount.What) -> Int {
        counts.filter { $0.what == what && $0.isMinimum }.map(\.limit).max() ?? 0
    }

    func most(_ what: SchemaCount.What) -> Int? {
        counts.filter { $0.what == what && !$0.isMinimum }.map(\.limit).min()
    }

    /// What holds for the member of that name; nil when there can be none.
    func member(_ name: SchemaName, in schema: Schema) -> SchemaConjunction? {
        var nodes: [Int] = []
        for members in members {
            var isSpoken = false
            for (known, node) in members.names where known == name {
                nodes.append(node)
                isSpoken = true
            }
            for (expression, node) in members.patterns where expression.isFound(in: name.text) {
                nodes.append(node)
                isSpoken = true
            }
            guard !isSpoken else { continue }
            switch members.rest {
            case .free: continue
            case .forbidden: return nil
            case .node(let node): nodes.append(node)
            }
        }
        let text = JSONDocument(.string(name.text))
        for node in names where !schema.accepts(text, at: node) { return nil }
        return SchemaConjunction(nodes)
    }

    /// What holds for the element at that place; nil when there can be none.
    func element(_ index: Int) -> SchemaConjunction? {
        var nodes: [Int] = []
        for (prefix, rest) in elements {
            if index < prefix.count {
                nodes.append(prefix[index])
                continue
            }
            switch rest {
            case .free: continue
            case .forbidden: return nil
            case .node(let node): nodes.append(node)
            }
        }
        return SchemaConjunction(nodes)
    }
}

extension Schema {
    /// Whether one of its schemas holds for the document.
    func accepts(_ document: JSONDocument, at node: Int) -> Bool {
        evaluate(document) { $0.evaluate(node, 0) }
    }
}
