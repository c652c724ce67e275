/// Why a text with `${...}` in it cannot be read.
public enum ExpressionTextError: Error, Hashable, Sendable {
    /// A `${` has no `}`.
    case unbalanced
    /// There is nothing between `${` and `}`.
    case empty
}
