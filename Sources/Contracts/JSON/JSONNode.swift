/// One entry of a document's tape: a value or a member name.
///
/// A container is followed by its contents; `end` is the place after them, so a reader can step over a whole value.
struct JSONNode: Sendable {
    enum Kind: UInt8, Sendable {
        case null, `false`, `true`, number, string, array, object, key
    }

    let kind: Kind
    /// The string's bytes stand in the document's side buffer because it holds escapes.
    var isUnescaped = false
    /// A member name whose value was replaced by a later one of the same name.
    var isDropped = false
    /// Where the node begins in the source text.
    let source: UInt32
    /// Strings and names: first byte, in the source text or in the side buffer. Numbers: first character.
    var start: UInt32 = 0
    /// Bytes of a string, name or number.
    var length: UInt32 = 0
    /// Containers: elements, or members that count.
    var count: UInt32 = 0
    /// The place after the node and everything in it.
    var end: UInt32 = 0
    /// Names: hash of the bytes.
    var hash: UInt32 = 0
}
