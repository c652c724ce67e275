/// A compiled schema: flat tables for running, nodes and steps for explaining. Node 0 is the root.
///
/// Safe to share: the tables are written by `SchemaLinker` before the program exists and only read afterwards; they are
/// freed with it.
final class SchemaProgram: @unchecked Sendable {
    let nodes: [SchemaNode]
    let steps: [SchemaStep]

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
    /// For values that the tables cannot decide, by the same numbers.
    let slowChoices: [Set<JSONValue>]
    let bounds: [SchemaBound?]
    let multiples: [SchemaMultiple?]
    private let memory: SchemaMemory
    /// Keeps the tables of machines.
    private let expressions: [RegularExpression]

    init(_ linker: SchemaLinker) {
        nodes = linker.nodes
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
    }
}
