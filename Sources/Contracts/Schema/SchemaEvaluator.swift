/// Runs a program over a tape.
///
/// Every `evaluate...` gives whether the value holds and, when collecting, leaves the faults in `violations`; when not,
/// it stops at the first. On the way through a valid value nothing is allocated and no reference is counted: everything
/// is read through plain pointers into the program, the tape and the workspace, which whoever runs it keeps alive.
struct SchemaEvaluator {
    /// Schemas inside each other, references included; deeper is a fault of the document. At about 1 kB
    /// of stack each this fits threads of 512 kB.
    static let deepest = 400

    /// Faults that are told of one document; the rest are left out.
    static let violationLimit = 1000

    enum PathStep {
        case name(String)
        /// A name that the schema does not give: it may be data.
        case key(String)
        case index(Int)
    }

    /// What is kept about nodes of the tape, one bit each.
    enum Mark {
        /// An object whose members the schema names.
        static let entered: UInt8 = 1
        /// A member's value that the schema knows by name or pattern.
        static let known: UInt8 = 2
        /// What `unevaluated...` need not look at; set for the time of one keyword.
        static let looked: UInt8 = 4
    }

    let program: SchemaProgram
    let tape: JSONTape
    let workspace: SchemaWorkspace
    let entries: UnsafePointer<SchemaEntry>
    let codes: UnsafePointer<SchemaCode>
    let nodes: UnsafePointer<JSONNode>
    let text: UnsafePointer<UInt8>
    let marks: UnsafeMutablePointer<UInt8>

    var isCollecting = false
    var violations: [Violation] = []
    /// The way from the root to the present value; kept only while collecting.
    var path: [PathStep] = []

    /// Whether members are marked as known.
    var isNoting = false
    /// Members of entered objects that are not marked as known.
    var undeclared = 0
    /// Values that a schema with `x-personal: true` was applied to; kept when asked for.
    var personal: Set<Int>?
    /// Whether the next step of the way is a name that the schema does not give.
    var isKey = false

    /// Whether an `unevaluated...` keyword of the present value asks what was looked at.
    var isTracing = false
    var traceStart = 0
    private var depth = 0
    /// Schemas that may still be run: alternatives inside alternatives would otherwise double the work at each level.
    private var budget: Int

    init(program: SchemaProgram, tape: JSONTape, workspace: SchemaWorkspace) {
        self.program = program
        self.tape = tape
        self.workspace = workspace
        workspace.prepare(nodes: tape.nodeCount)
        entries = program.entries
        codes = program.codes
        nodes = UnsafePointer(tape.nodes)
        text = UnsafePointer(tape.text)
        marks = workspace.marks
        budget = 200_000 + 100 * tape.nodeCount
    }

    mutating func run() -> Bool {
        let wasCollecting = isCollecting
        let holds = evaluate(0, 0)
        guard budget <= 0 else { return holds }
        isCollecting = wasCollecting
        path = []
        personal?.insert(0)
        return fail("$ref", 0, 0, "the schema takes too long for this value", "less nesting")
    }

    /// The schema `number` on the value at `place`.
    @inline(__always)
    mutating func evaluate(_ number: Int, _ place: Int) -> Bool {
        let entry = entries + number
        if entry.pointee.isLeaf, entry.pointee.kinds.has(nodes[place].kind) { return true }
        return evaluateFully(number, place)
    }

    /// The schema on a member or element; `token` is the place of the member's name, or the element's index inverted.
    @inline(__always)
    mutating func evaluate(_ number: Int, inside place: Int, _ token: Int) -> Bool {
        let entry = entries + number
        if entry.pointee.isLeaf, entry.pointee.kinds.has(nodes[place].kind) { return true }
        if !isCollecting, !isTracing { return evaluateFully(number, place) }
        return descend(number, place, token)
    }

    @inline(never)
    private mutating func descend(_ number: Int, _ place: Int, _ token: Int) -> Bool {
        let wasTracing = isTracing
        isTracing = false
        defer { isTracing = wasTracing }
        guard isCollecting else { return evaluateFully(number, place) }
        path.append(token < 0 ? .index(~token) : isKey ? .key(tape.string(token)) : .name(tape.string(token)))
        isKey = false
        defer { path.removeLast() }
        return evaluateFully(number, place)
    }

    @inline(never)
    mutating func evaluateFully(_ number: Int, _ place: Int) -> Bool {
        let entry = entries + number
        let flags = entry.pointee.flags
        let kind = nodes[place].kind
        var holds = true
        if !entry.pointee.kinds.has(kind), !(kind == .number && flags.contains(.seeksIntegers) && isIntegral(place)) {
            guard isCollecting else { return false }
            holds = failType(entry.pointee, number, place)
        }
        guard !flags.contains(.isPlain) || !flags.isSubset(of: .usual) else {
            return runPlainly(entry, number, place, kind) && holds
        }
        budget &-= 1
        guard budget > 0 else { return false }
        depth &+= 1
        defer { depth &-= 1 }
        guard depth <= SchemaEvaluator.deepest else {
            personal?.insert(place)
            return fail("$ref", number, place, "the value nests too deep for its schema", "less nesting")
        }
        if flags.isSubset(of: .usual) { return run(entry, number, place) && holds }
        return runSpecially(entry, number, place) && holds
    }

    /// For schemas that lead to no others.
    @inline(__always)
    private mutating func runPlainly(
        _ entry: UnsafePointer<SchemaEntry>, _ number: Int, _ place: Int, _ kind: JSONNode.Kind
    ) -> Bool {
        var holds = true
        var index = Int(entry.pointee.first)
        let end = index &+ Int(entry.pointee.count)
        while index < end {
            let code = codes + index
            if code.pointee.kinds.has(kind), !evaluateValue(code, place) {
                guard isCollecting else { return false }
                holds = failValue(index, number, place)
            }
            index &+= 1
        }
        return holds
    }

    /// For schemas that keep track of something.
    @inline(never)
    private mutating func runSpecially(_ entry: UnsafePointer<SchemaEntry>, _ number: Int, _ place: Int) -> Bool {
        let (pointer, entry) = (entry, entry.pointee)
        if entry.flags.contains(.isPersonal) { personal?.insert(place) }
        let isEntering = entry.flags.contains(.entersResource) && workspace.scope.last != entry.resource
        if isEntering { workspace.scope.append(entry.resource) }
        defer { if isEntering { workspace.scope.removeLast() } }
        guard entry.flags.contains(.isTracing) else { return run(pointer, number, place) }
        let (wasTracing, start) = (isTracing, traceStart)
        isTracing = true
        traceStart = workspace.tracedCount
        defer {
            if !wasTracing { workspace.forget(from: traceStart) }
            (isTracing, traceStart) = (wasTracing, start)
        }
        return run(pointer, number, place)
    }

    @inline(never)
    private mutating func run(_ entry: UnsafePointer<SchemaEntry>, _ number: Int, _ place: Int) -> Bool {
        let kind = nodes[place].kind
        var holds = true
        var index = Int(entry.pointee.first)
        let end = index &+ Int(entry.pointee.count)
        while index < end {
            let code = codes + index
            if code.pointee.kinds.has(kind), !execute(code.pointee, index, number, place) {
                guard isCollecting else { return false }
                holds = false
            }
            index &+= 1
        }
        return holds
    }

    @inline(__always)
    private mutating func execute(_ code: SchemaCode, _ index: Int, _ number: Int, _ place: Int) -> Bool {
        switch code.operation {
        case .members: evaluateMembers(program.tables + Int(code.a), number, place)
        case .elements: evaluateElements(code, index, number, place)
        case .required: code.b != 0 && !isCollecting || evaluateRequired(code, index, number, place)
        case .reference: code.b == 0 ? evaluate(Int(code.a), place) : follow(Int(code.a), index, number, place)
        case .any, .one, .all, .not, .condition, .dynamicReference: evaluateCombination(code, index, number, place)
        case .dependentRequired, .dependentSchemas, .propertyNames, .unevaluatedMembers:
            evaluateObject(code, index, number, place)
        case .unique, .contains, .containsUntraced, .unevaluatedElements: evaluateArray(code, index, number, place)
        default: evaluateOther(index, number, place)
        }
    }

    @inline(never)
    private mutating func evaluateOther(_ index: Int, _ number: Int, _ place: Int) -> Bool {
        evaluateValue(codes + index, place) || failValue(index, number, place)
    }

    /// The schema without a word about faults; a failed one leaves no trace.
    @inline(never)
    mutating func holds(_ number: Int, _ place: Int) -> Bool {
        let wasCollecting = isCollecting
        let traced = workspace.tracedCount
        isCollecting = false
        defer { isCollecting = wasCollecting }
        if evaluate(number, place) { return true }
        workspace.forget(from: traced)
        return false
    }

    /// Follows a reference unless it is being followed for this very value.
    @inline(never)
    mutating func follow(_ target: Int, _ index: Int, _ number: Int, _ place: Int) -> Bool {
        for reference in workspace.references.reversed() {
            guard reference.place == place else { break }
            if reference.node == target {
                return fail(step: index, number, place, "the schema refers to itself without end", "a schema that ends")
            }
        }
        workspace.references.append((target, place))
        defer { workspace.references.removeLast() }
        return evaluate(target, place)
    }

    /// The outermost resource with such a dynamic anchor decides.
    func dynamicTarget(_ anchor: UInt32, or node: UInt32) -> Int {
        guard anchor != SchemaCode.none else { return Int(node) }
        for resource in workspace.scope {
            let target = program.anchors[Int(resource) * program.anchorCount + Int(anchor)]
            if target != SchemaCode.none { return Int(target) }
        }
        return Int(node)
    }

    /// The same for those who know the anchor by name.
    func target(of anchor: String, or node: Int) -> Int {
        guard let number = program.anchorNumbers[anchor] else { return node }
        return dynamicTarget(UInt32(number), or: UInt32(node))
    }

    /// Whether the value is of a type that the schema allows.
    func hasType(_ number: Int, _ place: Int) -> Bool {
        let (entry, kind) = (entries[number], nodes[place].kind)
        return entry.kinds.has(kind)
            || (kind == .number && entry.flags.contains(.seeksIntegers) && isIntegral(place))
    }

    @inline(__always)
    func contents(_ place: Int) -> UnsafeBufferPointer<UInt8> {
        let node = nodes[place]
        return UnsafeBufferPointer(start: text + Int(node.start), count: Int(node.length))
    }
}
