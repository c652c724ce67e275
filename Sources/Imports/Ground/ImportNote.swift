package import Contracts

/// Something a document says that the inventory cannot, or says otherwise: what is not checked, and what was guessed.
package struct ImportNote: Sendable, Hashable {
    package enum Kind: String, Sendable {
        /// Something is left out, or not checked.
        case gap
        /// Something was guessed and wants a person's eye.
        case guess
    }

    package let kind: Kind
    /// Where: the name of an operation, or empty for the provider as a whole.
    package let subject: String
    /// The place in the document (RFC 6901); empty where there is none.
    package let pointer: String
    package let message: String

    package init(_ kind: Kind, _ subject: String, _ message: String, at pointer: JSONPointer = JSONPointer()) {
        self.kind = kind
        self.subject = subject
        self.message = message
        self.pointer = pointer.description
    }
}
