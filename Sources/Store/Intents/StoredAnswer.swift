/// The first answer to a write, kept for a caller who asks again with the same key.
package struct StoredAnswer: Sendable, Equatable {
    /// A field of the answer's head that is worth giving again.
    package struct Field: Sendable, Equatable {
        package let name: String
        package let value: String

        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// Bodies above this many bytes are not kept, only the fact that there was an answer.
    package static let bodyLimit = 256 << 10

    package let status: Int
    package let fields: [Field]
    /// nil when it was not kept: it was too long, or a person settled the write.
    package let body: [UInt8]?
    /// How long the body was, kept or not.
    package let bodyLength: Int
    /// The person who said that the write happened; nil when the provider's answer said so.
    package let settledBy: String?

    package init(status: Int, fields: [Field], body: [UInt8]) {
        self.status = status
        self.fields = fields
        self.body = body.count <= Self.bodyLimit ? body : nil
        bodyLength = body.count
        settledBy = nil
    }

    /// What a driver read back; `settledBy` without a body is a person's word.
    init(status: Int, fields: [Field], keptBody: [UInt8]?, bodyLength: Int, settledBy: String?) {
        self.status = status
        self.fields = fields
        body = keptBody
        self.bodyLength = bodyLength
        self.settledBy = settledBy
    }
}
