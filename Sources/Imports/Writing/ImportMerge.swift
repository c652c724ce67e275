import Contracts

/// What becomes of one key that the last import, a person and the document may have different ideas of.
enum ImportMerge {
    enum Outcome: Equatable {
        /// It is as the document wants it.
        case same
        /// It becomes what the document says.
        case taken
        /// A person's value stays; the document says what it said before.
        case kept
        /// A person's value stays, and the document says something new.
        case disputed
    }

    /// - Parameters:
    ///   - base: what the last import wrote; nil where it wrote nothing.
    ///   - mine: what is there now.
    ///   - theirs: what the document says.
    ///   - replaces: whether the document wins where both changed.
    static func outcome(base: JSONValue?, mine: JSONValue?, theirs: JSONValue?, replaces: Bool) -> Outcome {
        if mine == theirs { return .same }
        if mine == base { return .taken }
        if base == theirs { return .kept }
        return replaces ? .taken : .disputed
    }
}
