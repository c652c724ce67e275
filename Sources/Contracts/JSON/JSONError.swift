/// Why a text is not acceptable JSON, and where.
///
/// The message never holds text from the input; the pointer holds member names.
public struct JSONError: Error, Sendable, Hashable, CustomStringConvertible {
    public let message: String
    /// Counted from 1.
    public let line: Int
    /// Counted from 1, in code points.
    public let column: Int
    /// Bytes from the beginning of the text.
    public let offset: Int
    /// The innermost value being read (RFC 6901).
    public let pointer: String

    public init(message: String, line: Int, column: Int, offset: Int, pointer: String) {
        self.message = message
        self.line = line
        self.column = column
        self.offset = offset
        self.pointer = pointer
    }

    public var description: String {
        "\(message) at line \(line), column \(column)" + (pointer.isEmpty ? "" : " (\(pointer))")
    }
}
