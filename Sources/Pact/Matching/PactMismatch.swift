/// One way in which what came is not what was agreed.
package struct PactMismatch: Sendable, Hashable, CustomStringConvertible {
    /// The part of an exchange.
    package enum Part: String, Sendable {
        case method, path, query, header, status, body, metadata
    }

    package let part: Part
    /// The name of the field or parameter, or the path into the body; empty for a part that has none.
    package let place: String
    /// A sentence without end mark; holds types and sizes, and short values of the example and of what came.
    package let words: String

    package var description: String {
        place.isEmpty ? "\(part.rawValue): \(words)" : "\(part.rawValue) \(place): \(words)"
    }
}
