/// A key and its value in a mapping.
struct DataEntry: Sendable {
    let key: String
    let position: Position
    let node: DataNode
}
