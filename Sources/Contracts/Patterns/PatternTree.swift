/// A parsed regular expression.
indirect enum PatternTree: Sendable {
    case empty
    case set(PatternSet)
    case sequence([PatternTree])
    case choice([PatternTree])
    /// `most` is nil for "any number".
    case repetition(PatternTree, least: Int, most: Int?)
    case textStart
    case textEnd
    case wordBoundary(isNegated: Bool)
    case look(PatternTree, isBehind: Bool, isNegated: Bool)
}
