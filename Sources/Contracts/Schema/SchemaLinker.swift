/// Turns nodes and steps into the flat tables that the evaluator runs.
///
/// Schemas that are nothing but a reference are passed over, `required` is decided on the way through the members, and
/// references are marked that could lead back to where they began.
struct SchemaLinker {
    let nodes: [SchemaNode]
    let steps: [SchemaStep]
    let memory = SchemaMemory()
    private(set) var entries: [SchemaEntry] = []
    private(set) var codes: [SchemaCode] = []
    private(set) var lists: [UInt32] = []
    private(set) var tables: [SchemaMemberTable] = []
    private(set) var choices: [SchemaChoices] = []
    private(set) var slowChoices: [Set<JSONValue>] = []
    private(set) var limits: [SmallDecimal] = []
    private(set) var bounds: [SchemaBound?] = []
    private(set) var multiples: [SchemaMultiple?] = []
    private(set) var switches: [SchemaSwitch] = []
    private(set) var machines: [PatternMachine] = []
    private(set) var expressions: [RegularExpression] = []
    private(set) var anchors: [UInt32] = []
    private(set) var anchorCount = 0
    private(set) var anchorNumbers: [String: Int] = [:]
    /// Where each node really leads.
    private var targets: [Int] = []
    private let graph: SchemaGraph

    /// Names that must be there and are looked for in one walk.
    private static let mostRequired = 64

    init(nodes: [SchemaNode], steps: [SchemaStep], dynamicAnchors: [[String: Int]]) {
        self.nodes = nodes
        self.steps = steps
        graph = SchemaGraph(nodes: nodes, steps: steps, dynamicAnchors: dynamicAnchors)
        targets = (0..<nodes.count).map { target(of: $0) }
        for name in Set(dynamicAnchors.flatMap(\.keys)).sorted() { anchorNumbers[name] = anchorNumbers.count }
        anchorCount = anchorNumbers.count
        anchors = [UInt32](repeating: SchemaCode.none, count: anchorCount * dynamicAnchors.count)
        for (resource, names) in dynamicAnchors.enumerated() {
            for (name, node) in names {
                if let number = anchorNumbers[name] { anchors[resource * anchorCount + number] = UInt32(targets[node]) }
            }
        }
        codes = [SchemaCode](repeating: SchemaCode(operation: .nothing, kinds: []), count: steps.count)
        for node in nodes { entries.append(link(node)) }
    }

    /// Follows schemas that are nothing but a reference.
    private func target(of start: Int) -> Int {
        var node = start
        for _ in 0..<nodes.count {
            guard nodes[node].steps.count == 1, !nodes[node].isPersonal, !graph.isLooping(node),
                case .reference(let next) = steps[nodes[node].steps.lowerBound].instruction,
                !graph.isDynamic || nodes[node].resource == nodes[next].resource
            else { return node }
            node = next
        }
        return node
    }

    private mutating func link(_ node: SchemaNode) -> SchemaEntry {
        var entry = SchemaEntry()
        entry.first = UInt32(node.steps.lowerBound)
        entry.count = UInt32(node.steps.count)
        entry.resource = UInt32(node.resource)
        if node.isTracing { entry.flags.insert(.isTracing) }
        if node.isPersonal { entry.flags.insert(.isPersonal) }
        if graph.isDynamic { entry.flags.insert(.entersResource) }
        for index in node.steps {
            if case .types(let types) = steps[index].instruction {
                entry.kinds = types.kinds
                if types.contains(.integer), !types.contains(.number), !types.contains(.writtenInteger) {
                    entry.flags.insert(.seeksIntegers)
                }
                entry.typeStep = UInt32(index)
            } else {
                codes[index] = code(of: steps[index].instruction, in: node)
            }
        }
        if codes[node.steps].allSatisfy({ $0.operation == .nothing }) { entry.count = 0 }
        if codes[node.steps].allSatisfy(\.isPlain) { entry.flags.insert(.isPlain) }
        return entry
    }

    private mutating func code(of instruction: SchemaInstruction, in node: SchemaNode) -> SchemaCode {
        switch instruction {
        case .types: SchemaCode(operation: .nothing, kinds: [])
        case .never: SchemaCode(operation: .never, kinds: .all)
        case .choice(let values): SchemaCode(operation: .choice, kinds: .all, a: add(values))
        case .bound(let bound):
            SchemaCode(operation: .bound, kinds: .number, a: add(bound.limit, bound, nil), b: bound.kind.number)
        case .multiple(let multiple):
            SchemaCode(operation: .multiple, kinds: .number, a: add(multiple.divisor, nil, multiple))
        case .count(let count):
            SchemaCode(
                operation: count.what == .characters ? .characters : .size, kinds: count.what.kinds,
                a: count.isMinimum ? UInt32(clamping: count.limit) : 0,
                b: count.isMinimum ? UInt32.max : UInt32(clamping: count.limit))
        case .pattern(let expression): SchemaCode(operation: .pattern, kinds: .string, a: add(expression))
        case .format(let format): SchemaCode(operation: .format, kinds: format.kinds, a: UInt32(format.rawValue))
        case .unique: SchemaCode(operation: .unique, kinds: .array)
        case .members(let members):
            SchemaCode(operation: .members, kinds: .object, a: add(members, required: required(in: node)))
        case .required(let names): requiredCode(names, in: node)
        case .dependentRequired: SchemaCode(operation: .dependentRequired, kinds: .object)
        case .dependentSchemas: SchemaCode(operation: .dependentSchemas, kinds: .object)
        case .propertyNames(let node): SchemaCode(operation: .propertyNames, kinds: .object, a: target(node))
        case .elements(let prefix, let rest):
            SchemaCode(
                operation: .elements, kinds: .array, a: add(prefix), b: UInt32(prefix.count), c: target(rest))
        case .contains(let node, let least, let most, let isTraced):
            SchemaCode(
                operation: isTraced ? .contains : .containsUntraced, kinds: .array, a: target(node),
                b: UInt32(clamping: least),
                c: most.map { UInt32(clamping: $0) } ?? UInt32.max)
        case .all(let nodes): SchemaCode(operation: .all, kinds: .all, a: add(nodes), b: UInt32(nodes.count))
        case .any(let nodes):
            SchemaCode(operation: .any, kinds: .all, a: add(nodes), b: UInt32(nodes.count), c: addSwitch(nodes))
        case .one(let nodes):
            SchemaCode(operation: .one, kinds: .all, a: add(nodes), b: UInt32(nodes.count), c: addSwitch(nodes))
        case .not(let node): SchemaCode(operation: .not, kinds: .all, a: target(node))
        case .condition(let test, let then, let otherwise):
            SchemaCode(
                operation: .condition, kinds: .all, a: target(test), b: then.map(target) ?? SchemaCode.none,
                c: otherwise.map(target) ?? SchemaCode.none)
        case .reference(let other):
            SchemaCode(operation: .reference, kinds: .all, a: target(other), b: graph.isLooping(other) ? 1 : 0)
        case .dynamicReference(let node, let anchor):
            SchemaCode(
                operation: .dynamicReference, kinds: .all, a: target(node),
                b: anchorNumbers[anchor].map { UInt32($0) } ?? SchemaCode.none)
        case .unevaluatedMembers(let rest):
            SchemaCode(operation: .unevaluatedMembers, kinds: .object, c: target(rest))
        case .unevaluatedElements(let rest):
            SchemaCode(operation: .unevaluatedElements, kinds: .array, c: target(rest))
        }
    }

    private func target(_ node: Int) -> UInt32 {
        UInt32(targets[node])
    }

    private func target(_ rest: SchemaRest) -> UInt32 {
        switch rest {
        case .free: SchemaCode.free
        case .forbidden: SchemaCode.forbidden
        case .node(let node): target(node)
        }
    }

    private mutating func add(_ nodes: [Int]) -> UInt32 {
        let first = lists.count
        lists += nodes.map(target)
        return UInt32(first)
    }

    private mutating func add(
        _ number: JSONNumber, _ bound: SchemaBound?, _ multiple: SchemaMultiple?
    ) -> UInt32 {
        limits.append(SmallDecimal(number) ?? .far)
        bounds.append(bound)
        multiples.append(multiple)
        return UInt32(limits.count - 1)
    }

    private mutating func add(_ expression: RegularExpression) -> UInt32 {
        machines.append(expression.machine)
        expressions.append(expression)
        return UInt32(machines.count - 1)
    }

    private mutating func add(_ values: [JSONValue]) -> UInt32 {
        choices.append(SchemaChoices(values, memory))
        slowChoices.append(Set(values))
        return UInt32(choices.count - 1)
    }

    /// When one member's text decides which alternative an object can fit, the place of the table for it.
    private mutating func addSwitch(_ alternatives: [Int]) -> UInt32 {
        let finder = SchemaSwitchFinder(nodes: nodes, steps: steps, targets: targets)
        guard let (name, values) = finder.find(alternatives) else { return SchemaCode.none }
        switches.append(
            SchemaSwitch(
                name: SchemaNameTable([(name, -1, 0)], memory),
                values: SchemaNameTable(values.map { ($0.value, Int32($0.node), 0) }, memory)))
        return UInt32(switches.count - 1)
    }

    /// The names `required` asks for, when `members` stands beside it and can look for them.
    private func required(in node: SchemaNode) -> [SchemaName] {
        for index in node.steps {
            if case .required(let names) = steps[index].instruction, names.count <= SchemaLinker.mostRequired {
                return names
            }
        }
        return []
    }

    private mutating func requiredCode(_ names: [SchemaName], in node: SchemaNode) -> SchemaCode {
        let hasMembers = node.steps.contains { index in
            if case .members = steps[index].instruction { true } else { false }
        }
        let isLong = names.count > SchemaLinker.mostRequired
        return SchemaCode(
            operation: .required, kinds: .object, a: isLong ? 0 : add(SchemaMembers(), required: names),
            b: hasMembers && !isLong ? 1 : 0, c: isLong ? 1 : 0)
    }

    private mutating func add(_ members: SchemaMembers, required: [SchemaName]) -> UInt32 {
        var bits: [SchemaName: UInt64] = [:]
        for (number, name) in required.enumerated() { bits[name] = 1 << UInt64(number) }
        let all = bits.values.reduce(0, |)
        var names: [(name: SchemaName, node: Int32, required: UInt64)] = []
        for (name, node) in members.names {
            names.append((name, Int32(targets[node]), bits.removeValue(forKey: name) ?? 0))
        }
        for name in required {
            if let bit = bits.removeValue(forKey: name) { names.append((name, -1, bit)) }
        }
        var patterns: [SchemaMemberTable.Pattern] = []
        for (expression, node) in members.patterns {
            patterns.append(SchemaMemberTable.Pattern(machine: add(expression), node: target(node)))
        }
        let isNamed = !members.names.isEmpty || !members.patterns.isEmpty
        var knowsAll = false
        if case .node = members.rest { knowsAll = !isNamed }
        tables.append(
            SchemaMemberTable(
                names: SchemaNameTable(names, memory), patterns: memory.keep(patterns), patternCount: patterns.count,
                rest: target(members.rest), required: all, hasRest: members.hasRest, knowsAll: knowsAll,
                isNaming: isNamed || knowsAll))
        return UInt32(tables.count - 1)
    }
}
