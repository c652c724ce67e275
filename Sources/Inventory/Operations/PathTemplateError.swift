/// What is wrong with the text of a path template.
public struct PathTemplateError: Error, Hashable, Sendable, CustomStringConvertible {
    /// A sentence for the author of the file.
    public let description: String

    init(_ description: String) {
        self.description = description
    }
}
