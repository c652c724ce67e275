/// A key and its value in a mapping.
package struct DataEntry: Sendable {
    package let key: String
    package let position: Position
    package let node: DataNode
}
