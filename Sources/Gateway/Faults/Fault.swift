package import NIOCore
package import Wire

/// What is played to one attempt of a call in place of the provider, or before it.
package struct Fault: Sendable {
    package enum Effect: Sendable {
        /// Only the delay: then the provider is asked as usual.
        case goOn
        /// This is the answer; the provider is not asked.
        case answer(ResponseHead, ByteBuffer)
        /// The head and these bytes come, then the connection ends before the announced length.
        case cut(ResponseHead, ByteBuffer)
        /// The connection ends without an answer, after the request was sent.
        case close
    }

    /// Of the rule.
    package let id: String
    /// Waited before anything else happens, within the call's deadline.
    package let delay: Duration
    package let effect: Effect
    /// For the try in the ledger: `injected fault f_1: 503`.
    package let words: String

    /// The field that every answer of a call carries which met a fault, with the rule's id as its value; problems too.
    package static let field = "X-Footing-Fault"
    private static let fieldName = FieldName(field)

    /// Marks an answer as played.
    package func mark(_ fields: inout FieldList) {
        if let name = Self.fieldName { fields.set(name, id) }
    }
}
