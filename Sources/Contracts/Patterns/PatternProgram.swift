/// A compiled regular expression: one list of instructions, machines for look-around behind the main one.
struct PatternProgram: Sendable {
    enum Instruction: Sendable {
        case scalar(UInt32)
        case set(PatternSet)
        case split(Int, Int)
        case jump(Int)
        case textStart
        case textEnd
        case wordBoundary(isNegated: Bool)
        /// A sub-machine that begins at `start` and must (not) match from here, forwards or backwards.
        case look(start: Int, isBehind: Bool, isNegated: Bool)
        case match
    }

    var instructions: [Instruction] = []
    /// Where the main machine begins.
    var start = 0
}
