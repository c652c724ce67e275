/// How long a message's content is, as its head says (RFC 9112, 6.3).
package enum BodyLength: Sendable, Equatable {
    case none
    case exactly(Int)
    /// Known only at its end: chunks, or until the connection closes.
    case streamed

    /// Bytes, where the head tells.
    package var known: Int? {
        switch self {
        case .none: 0
        case .exactly(let count): count
        case .streamed: nil
        }
    }
}
