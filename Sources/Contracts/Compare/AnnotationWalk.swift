/// Compares what two schemas tell of their values, along the members and elements that both describe.
struct AnnotationWalk {
    private struct Pair: Hashable {
        let old: Int
        let new: Int
    }

    private static let largest = 20_000

    let old: SchemaProgram
    let new: SchemaProgram
    let side: ContractChange.Side
    private var seen: Set<Pair> = []
    private var waiting: [(pair: Pair, pointer: [String])] = []
    private var changes: [ContractChange] = []

    init(old: SchemaProgram, new: SchemaProgram, side: ContractChange.Side) {
        self.old = old
        self.new = new
        self.side = side
    }

    mutating func run(from first: Int = 0, to second: Int = 0) -> [ContractChange] {
        add(first, second, [])
        while let next = waiting.popLast(), seen.count < AnnotationWalk.largest { visit(next.pair, next.pointer) }
        return changes
    }

    private mutating func add(_ first: Int, _ second: Int, _ pointer: [String]) {
        let pair = Pair(old: first, new: second)
        if seen.insert(pair).inserted { waiting.append((pair, pointer)) }
    }

    private mutating func visit(_ pair: Pair, _ pointer: [String]) {
        compare(old.nodes[pair.old].annotations, new.nodes[pair.new].annotations, pointer)
        for first in old.nodes[pair.old].steps.map({ old.steps[$0] }) {
            for second in new.nodes[pair.new].steps.map({ new.steps[$0] }) {
                descend(first.instruction, second.instruction, pair, pointer)
            }
        }
    }

    private mutating func descend(
        _ first: SchemaInstruction, _ second: SchemaInstruction, _ pair: Pair, _ pointer: [String]
    ) {
        switch (first, second) {
        case (.reference(let one), .reference(let two)): add(one, two, pointer)
        case (.reference(let one), _): add(one, pair.new, pointer)
        case (_, .reference(let two)): add(pair.old, two, pointer)
        case (.members(let one), .members(let two)):
            for (name, node) in one.names {
                if let other = two.names.first(where: { $0.name == name }) {
                    add(node, other.node, pointer + [name.text])
                }
            }
        case (.elements(_, .node(let one)), .elements(_, .node(let two))): add(one, two, pointer + ["*"])
        case (.all(let one), .all(let two)) where one.count == two.count:
            for (one, two) in zip(one, two) { add(one, two, pointer) }
        default: return
        }
    }

    private mutating func compare(_ first: [SchemaAnnotation], _ second: [SchemaAnnotation], _ pointer: [String]) {
        for keyword in ["default", "deprecated", "readOnly", "writeOnly", "discriminator"] {
            let was = first.first { $0.keyword == keyword }?.value
            let now = second.first { $0.keyword == keyword }?.value
            guard was != now, !(was ?? false == false && now ?? false == false) else { continue }
            let (severity, message) = words(keyword, was, now)
            changes.append(
                ContractChange(
                    severity, side, pointer: JSONPointer(tokens: pointer).description, rule: keyword, message: message))
        }
    }

    private func words(_ keyword: String, _ was: JSONValue?, _ now: JSONValue?) -> (ContractChange.Severity, String) {
        let isRequest = side == .request
        switch keyword {
        case "default":
            let (was, now) = (was.map(SchemaSubset.shown) ?? "none", now.map(SchemaSubset.shown) ?? "none")
            return (isRequest ? .risky : .safe, "the default was \(was), is \(now)")
        case "deprecated": return (.safe, now == true ? "is deprecated" : "is no longer deprecated")
        case "readOnly":
            return (isRequest && now == true ? .risky : .safe, now == true ? "is only read now" : "may be written now")
        case "writeOnly":
            return (
                !isRequest && now == true ? .risky : .safe, now == true ? "is only written now" : "may be read now"
            )
        default: return (.breaking, "the discriminator differs")
        }
    }
}
