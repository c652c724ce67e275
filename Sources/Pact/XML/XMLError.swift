/// Why a text is not acceptable XML, and where.
struct XMLError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Without text of the document.
    let message: String
    /// Counted from 1.
    let line: Int

    var description: String { "\(message) at line \(line)" }
}
