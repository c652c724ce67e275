/// One column of a table that a step writes: the field of each row and the column's heading.
public struct TableColumn: Hashable, Sendable {
    public let field: String
    public let title: String

    public init(field: String, title: String) {
        self.field = field
        self.title = title
    }
}
