/// One entry of a tape: a value or a member name, 16 bytes.
///
/// A container is followed by its contents; `JSONTape.after` steps over a whole value.
struct JSONNode: Sendable {
    enum Kind: UInt8, Sendable {
        /// `integer` is a number written without fraction and exponent; `array` and `object` come last.
        case null, `false`, `true`, integer, number, string, key, array, object
    }

    let kind: Kind
    /// Strings and names: one byte for each character.
    var isASCII = true
    /// A member name whose value was replaced by a later one of the same name.
    var isDropped = false
    /// Strings and names: the first byte after the quote. All others: the first byte.
    let start: UInt32
    /// Strings, names, numbers: bytes. Containers: elements, or members that count.
    var length: UInt32 = 0
    /// Containers: the place after everything in it, 0 while it is open. Names: hash of the bytes.
    var link: UInt32 = 0
}
