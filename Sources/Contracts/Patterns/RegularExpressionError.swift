/// Why a text is no usable regular expression.
public struct RegularExpressionError: Error, Sendable, Hashable, CustomStringConvertible {
    public let message: String
    /// Counted in code points from 0.
    public let offset: Int

    public var description: String { "\(message) at character \(offset + 1) of the pattern" }
}
