/// Runs a program over a document's tape.
///
/// Every `evaluate...` gives whether the value holds and, when collecting, leaves the faults in `violations`; when not,
/// it stops at the first. `SchemaTrace` carries what was looked at to `unevaluated...` keywords.
struct SchemaEvaluator {
    /// Schemas inside each other, references included; deeper is a fault of the document. At about 1 kB
    /// of stack each this fits threads of 512 kB.
    static let deepest = 400

    /// Faults that are told of one document; the rest are left out.
    static let violationLimit = 1000

    /// A step into a value: to the member whose name stands at that place, or to an element.
    enum Token {
        case name(Int)
        case index(Int)
    }

    enum PathStep {
        case name(String)
        case index(Int)
    }

    let program: SchemaProgram
    let document: JSONDocument
    var isCollecting: Bool
    var violations: [Violation] = []
    /// The way from the root to the present value; kept only while collecting.
    var path: [PathStep] = []
    /// Which members of which objects the schema knows by name or pattern; kept when asked for.
    var known: SchemaKnownMembers?
    /// Values that a schema with `x-personal: true` was applied to; kept when asked for.
    var personal: Set<Int>?

    private var depth = 0
    /// Schemas that may still be run: alternatives inside alternatives would otherwise double the work at each level.
    private var budget: Int
    /// Resources that evaluation came through, the outermost first.
    private var scope: [Int] = []
    /// References being followed, to notice one that leads back to itself without reading anything.
    private var references: [(node: Int, place: Int)] = []

    init(program: SchemaProgram, document: JSONDocument, isCollecting: Bool) {
        self.program = program
        self.document = document
        self.isCollecting = isCollecting
        budget = 200_000 + 100 * document.nodes.count
    }

    mutating func run() -> Bool {
        var trace = SchemaTrace(isOn: false)
        let wasCollecting = isCollecting
        let holds = evaluate(0, 0, &trace)
        guard budget <= 0 else { return holds }
        isCollecting = wasCollecting
        path = []
        return fail("$ref", program.nodes[0], 0, "the schema takes too long for this value", "less nesting")
    }

    /// The schema `number` on the value at `place`.
    mutating func evaluate(_ number: Int, _ place: Int, _ trace: inout SchemaTrace) -> Bool {
        let node = program.nodes[number]
        if node.isPersonal { personal?.insert(place) }
        budget -= 1
        guard budget > 0 else { return false }
        depth += 1
        defer { depth -= 1 }
        guard depth <= SchemaEvaluator.deepest else {
            return fail("$ref", node, place, "the value nests too deep for its schema", "less nesting")
        }
        let isEntering = scope.last != node.resource
        if isEntering { scope.append(node.resource) }
        defer { if isEntering { scope.removeLast() } }
        guard node.isTracing else { return evaluate(stepsOf: node, place, &trace) }
        var own = SchemaTrace(isOn: true)
        let holds = evaluate(stepsOf: node, place, &own)
        trace.add(own)
        return holds
    }

    /// The schema without any trace and without a word about faults.
    mutating func holds(_ number: Int, _ place: Int, _ trace: inout SchemaTrace) -> Bool {
        let wasCollecting = isCollecting
        isCollecting = false
        defer { isCollecting = wasCollecting }
        return evaluate(number, place, &trace)
    }

    /// The schema on a member or element.
    mutating func evaluate(_ number: Int, at place: Int, _ token: Token) -> Bool {
        var trace = SchemaTrace(isOn: false)
        guard isCollecting else { return evaluate(number, place, &trace) }
        switch token {
        case .name(let key): path.append(.name(document.string(at: key)))
        case .index(let index): path.append(.index(index))
        }
        defer { path.removeLast() }
        return evaluate(number, place, &trace)
    }

    /// Follows a reference unless it is being followed for this very value.
    mutating func follow(
        _ number: Int, _ step: SchemaStep, _ node: SchemaNode, _ place: Int, _ trace: inout SchemaTrace
    )
        -> Bool
    {
        for reference in references.reversed() {
            guard reference.place == place else { break }
            if reference.node == number {
                return fail(step.keyword, node, place, "the schema refers to itself without end", "a schema that ends")
            }
        }
        references.append((number, place))
        defer { references.removeLast() }
        return evaluate(number, place, &trace)
    }

    /// The outermost resource with such a dynamic anchor decides.
    func dynamicTarget(_ anchor: String, or node: Int) -> Int {
        for resource in scope {
            if let target = program.dynamicAnchors[resource][anchor] { return target }
        }
        return node
    }

    private mutating func evaluate(stepsOf node: SchemaNode, _ place: Int, _ trace: inout SchemaTrace) -> Bool {
        var holds = true
        for index in node.steps where !evaluate(program.steps[index], node, place, &trace) {
            guard isCollecting else { return false }
            holds = false
        }
        return holds
    }

    private mutating func evaluate(
        _ step: SchemaStep, _ node: SchemaNode, _ place: Int, _ trace: inout SchemaTrace
    ) -> Bool {
        switch step.instruction {
        case .never: return fail(step.keyword, node, place, "nothing is allowed here", "nothing")
        case .reference(let target): return follow(target, step, node, place, &trace)
        case .dynamicReference(let target, let anchor):
            return follow(dynamicTarget(anchor, or: target), step, node, place, &trace)
        case .all, .any, .one, .not, .condition, .several:
            return evaluateCombination(step, node, place, &trace)
        default: break
        }
        switch document.nodes[place].kind {
        case .object: return evaluateObject(step, node, place, &trace) && evaluateValue(step, node, place)
        case .array: return evaluateArray(step, node, place, &trace) && evaluateValue(step, node, place)
        default: return evaluateValue(step, node, place)
        }
    }

    /// One of the parts that a single keyword was compiled to.
    mutating func evaluate(
        part: SchemaInstruction, of step: SchemaStep, _ node: SchemaNode, _ place: Int, _ trace: inout SchemaTrace
    ) -> Bool {
        evaluate(SchemaStep(keyword: step.keyword, instruction: part), node, place, &trace)
    }
}
