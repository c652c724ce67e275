/// A compiled schema: all nodes and steps in flat lists. Node 0 is the root.
final class SchemaProgram: Sendable {
    let nodes: [SchemaNode]
    let steps: [SchemaStep]
    /// For each resource, the nodes of its dynamic anchors.
    let dynamicAnchors: [[String: Int]]

    init(nodes: [SchemaNode], steps: [SchemaStep], dynamicAnchors: [[String: Int]]) {
        self.nodes = nodes
        self.steps = steps
        self.dynamicAnchors = dynamicAnchors
    }
}
