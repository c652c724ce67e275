/// JSON from an inventory file as text for others and as a tree for the checks here.
struct JSONContent {
    let source: JSONSource
    let root: DataNode
}
