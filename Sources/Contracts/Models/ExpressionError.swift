/// Why an expression cannot be compiled or evaluated.
public struct ExpressionError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The string that holds the piece at fault (RFC 6901); empty for the root.
    public let pointer: String
    /// jq's words, which may quote the beginning of a value when the piece failed at run time.
    public let message: String

    public init(pointer: String, message: String) {
        self.pointer = pointer
        self.message = message
    }

    public var description: String {
        pointer.isEmpty ? message : "\(message) (\(pointer))"
    }
}
