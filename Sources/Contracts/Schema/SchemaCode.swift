/// One keyword as the evaluator runs it: 16 bytes without references; the step of the same number explains it.
struct SchemaCode: BitwiseCopyable {
    enum Operation: UInt8, BitwiseCopyable {
        /// Decided before any code runs: `type`.
        case nothing
        case never
        /// a: choices
        case choice
        /// a: limit, b: kind
        case bound
        /// a: limit
        case multiple
        /// a: least, b: most
        case characters, size
        /// a: machine
        case pattern
        /// a: format
        case format
        case unique
        /// a: table
        case members
        /// a: table of names, b: not zero when `members` of the same schema looks for them, c: not zero when there are
        /// too many for a table
        case required
        case dependentRequired, dependentSchemas
        /// a: node
        case propertyNames
        /// a: first of the prefix in the lists, b: count, c: rest
        case elements
        /// a: node, b: least, c: most
        case contains, containsUntraced
        /// a: first in the lists, b: count; any and one: c: switch, or `none`
        case all, any, one
        /// a: node
        case not
        /// a: test, b: then, c: otherwise; a node, or `none`
        case condition
        /// a: node, b: not zero when it may lead back to itself without reading anything
        case reference
        /// a: node, b: anchor
        case dynamicReference
        /// c: rest
        case unevaluatedMembers, unevaluatedElements
    }

    /// Says something about strings, numbers, sizes or any value, and leads to no other schema.
    var isPlain: Bool {
        switch operation {
        case .nothing, .never, .choice, .bound, .multiple, .characters, .size, .pattern, .format: true
        default: false
        }
    }

    static let none = UInt32.max
    /// As rest: nothing was said.
    static let free = UInt32.max
    /// As rest: the schema `false`.
    static let forbidden = UInt32.max - 1

    let operation: Operation
    /// The kinds of values it says something about.
    let kinds: SchemaKinds
    var a: UInt32 = 0
    var b: UInt32 = 0
    var c: UInt32 = 0
}
