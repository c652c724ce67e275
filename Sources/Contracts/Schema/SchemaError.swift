/// Why a schema cannot be compiled.
public struct SchemaError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The keyword at fault (RFC 6901), after the document's URI and `#` when it is not in the main document.
    public let pointer: String
    public let message: String

    public init(pointer: String, message: String) {
        self.pointer = pointer
        self.message = message
    }

    public var description: String {
        pointer.isEmpty ? message : "\(message) (\(pointer))"
    }
}
