/// One way in which a document breaks a schema.
public struct Violation: Error, Sendable, Hashable, CustomStringConvertible {
    /// The value at fault (RFC 6901); for a missing member the object that lacks it.
    public let instancePointer: String
    /// The keyword, after `#` and, outside the main document, its URI.
    public let schemaPointer: String
    public let keyword: String
    /// A sentence without end mark; names members, never strings of the document.
    public let message: String
    /// What the schema asks for, in few words.
    public let expected: String
    /// What is there: a type, a count or a number; of strings no more than their length, except short words where an
    /// `enum` or `const` is broken.
    public let seen: String
    /// The member that is missing or not allowed, if that is the fault.
    public let member: String?

    /// `instancePointer` with `*` for each place in an array and each name that the schema does not give.
    let generalPointer: String

    init(
        instancePointer: String, generalPointer: String, schemaPointer: String, keyword: String, message: String,
        expected: String,
        seen: String, member: String?
    ) {
        self.instancePointer = instancePointer
        self.generalPointer = generalPointer
        self.schemaPointer = schemaPointer
        self.keyword = keyword
        self.message = message
        self.expected = expected
        self.seen = seen
        self.member = member
    }

    public var description: String {
        "\(instancePointer.isEmpty ? "the document" : instancePointer): \(message)"
    }
}
