/// A compiled schema: flat tables for running, nodes and steps for explaining. Node 0 is the root.
///
/// Safe to share: the tables are written by `SchemaLinker` before the program exists and only read afterwards; they are
/// freed with it.
final class SchemaProgram: @unchecked Sendable {
    let nodes: [SchemaNode]
    let steps: [SchemaStep]
    /// The identifier of each resource, and the location of its root as nodes give theirs.
    let resources: [(uri: String, root: String)]

    let entries: UnsafePointer<SchemaEntry>
    let codes: UnsafePointer<SchemaCode>
    let lists: UnsafePointer<UInt32>
    let tables: UnsafePointer<SchemaMemberTable>
    let choices: UnsafePointer<SchemaChoices>
    let limits: UnsafePointer<SmallDecimal>
    let switches: UnsafePointer<SchemaSwitch>
    let machines: UnsafePointer<PatternMachine>
    /// For each resource, the nodes of its dynamic anchors, or `SchemaCode.none`.
    let anchors: UnsafePointer<UInt32>
    let anchorCount: Int
    let anchorNumbers: [String: Int]
    /// Whether any of the schemas says `x-personal: true`.
    let marksPersonal: Bool
    /// For values that the tables cannot decide, by the same numbers.
    let slowChoices: [Set<JSONValue>]
    let bounds: [SchemaBound?]
    let multiples: [SchemaMultiple?]
    private let memory: SchemaMemory
    /// Keeps the tables of machines.
    private let expressions: [RegularExpression]

    init(_ linker: SchemaLinker, resources: [(uri: String, root: String)]) {
        self.resources = resources
        nodes = linker.nodes
        marksPersonal = linker.nodes.contains(where: \.isPersonal)
        steps = linker.steps
        memory = linker.memory
        slowChoices = linker.slowChoices
        bounds = linker.bounds
        multiples = linker.multiples
        expressions = linker.expressions
        entries = memory.keep(linker.entries)
        codes = memory.keep(linker.codes)
        lists = memory.keep(linker.lists)
        tables = memory.keep(linker.tables)
        choices = memory.keep(linker.choices)
        limits = memory.keep(linker.limits)
        switches = memory.keep(linker.switches)
        machines = memory.keep(linker.machines)
        anchors = memory.keep(linker.anchors)
        anchorCount = linker.anchorCount
        anchorNumbers = linker.anchorNumbers
    }
}
