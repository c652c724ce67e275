/// Why no types can be written: a contract that says more than types are made of.
public struct TypeError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Which contract: `rents.get, answer`.
    public let subject: String
    /// Where it is written.
    public let file: String

    public var description: String {
        "\(file): the types of \(subject) would have more than \(TypeBook.largest) parts in one or \(TypeBook.most) in all"
    }
}
