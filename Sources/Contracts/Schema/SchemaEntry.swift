/// One schema as the evaluator sees it: which kinds of values its `type` allows, and a run of codes.
struct SchemaEntry: BitwiseCopyable {
    struct Flags: OptionSet, BitwiseCopyable {
        let rawValue: UInt16

        /// `integer` is allowed and `number` is not: one written with a fraction must be looked at.
        static let seeksIntegers = Flags(rawValue: 1)
        /// Holds `unevaluated...` keywords, so what its own keywords looked at must be kept.
        static let isTracing = Flags(rawValue: 2)
        static let isPersonal = Flags(rawValue: 4)
        /// References look for anchors in the resources that evaluation came through.
        static let entersResource = Flags(rawValue: 8)
        /// Nothing but keywords about strings, numbers, sizes and choices.
        static let isPlain = Flags(rawValue: 16)
        /// What needs no special care.
        static let usual: Flags = [.seeksIntegers, .isPlain]
    }

    /// One bit for each kind of node.
    var kinds: SchemaKinds = .all
    var flags: Flags = []
    /// The step of the keyword `type`.
    var typeStep: UInt32 = 0
    var first: UInt32 = 0
    var count: UInt32 = 0
    var resource: UInt32 = 0

    /// Nothing but a type.
    @inline(__always)
    var isLeaf: Bool { count == 0 && flags.isSubset(of: .usual) }
}
