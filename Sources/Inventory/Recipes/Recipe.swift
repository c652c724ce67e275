/// A task written as a list of steps.
public struct Recipe: Sendable {
    public let name: String
    /// The title of a task of this recipe; may hold `${...}` expressions.
    public let title: String
    public let about: String?
    /// The JSON Schema of the task's input.
    public let input: JSONSource?
    public let steps: [RecipeStep]
    /// The expression of the task's result.
    public let result: String?
    /// The file, relative to the project folder.
    public let file: String
    public let line: Int
    /// Sixteen hexadecimal digits that change whenever the recipe's content does, and not with its layout or comments.
    public let fingerprint: String

    public init(
        name: String, title: String? = nil, about: String? = nil, input: JSONSource? = nil, steps: [RecipeStep],
        result: String? = nil, file: String = "", line: Int = 0, fingerprint: String = ""
    ) {
        self.name = name
        self.title = title ?? name
        self.about = about
        self.input = input
        self.steps = steps
        self.result = result
        self.file = file
        self.line = line
        self.fingerprint = fingerprint
    }
}
