/// What one task may ask of Footing.
package struct TaskLimits: Sendable, Equatable {
    /// Size of the input's compact text, bytes.
    package var input: Int
    /// Items of one `for_each`.
    package var items: Int
    /// Size of the result of one step, and of the task, as compact text, bytes.
    package var result: Int
    /// Size of all files of one task, bytes.
    package var workspace: Int
    /// Characters of a title.
    package var title: Int

    package init(
        input: Int = 256 << 10, items: Int = 10_000, result: Int = 8 << 20, workspace: Int = 256 << 20,
        title: Int = 200
    ) {
        self.input = input
        self.items = items
        self.result = result
        self.workspace = workspace
        self.title = title
    }
}
