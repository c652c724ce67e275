/// Which schemas apply which others to the same value, to find those that may come back to themselves.
struct SchemaGraph {
    /// Whether any reference looks for dynamic anchors.
    private(set) var isDynamic = false
    private var edges: [[Int]] = []
    /// The strongly connected component of each node, by Tarjan's algorithm.
    private var components: [Int] = []
    private var sizes: [Int] = []

    init(nodes: [SchemaNode], steps: [SchemaStep], dynamicAnchors: [[String: Int]]) {
        for node in nodes {
            var targets: [Int] = []
            for index in node.steps {
                switch steps[index].instruction {
                case .all(let list), .any(let list), .one(let list): targets += list
                case .not(let other), .reference(let other): targets.append(other)
                case .condition(let test, let then, let otherwise):
                    targets += [test, then, otherwise].compactMap { $0 }
                case .dependentSchemas(let entries): targets += entries.map(\.node)
                case .dynamicReference(let other, let anchor):
                    isDynamic = true
                    targets.append(other)
                    targets += dynamicAnchors.compactMap { $0[anchor] }
                default: break
                }
            }
            edges.append(targets)
        }
        findComponents()
    }

    /// Whether the node can come back to itself on the same value.
    func isLooping(_ node: Int) -> Bool {
        sizes[components[node]] > 1 || edges[node].contains(node)
    }

    private mutating func findComponents() {
        let count = edges.count
        components = [Int](repeating: -1, count: count)
        var numbers = [Int](repeating: -1, count: count)
        var lowest = [Int](repeating: 0, count: count)
        var next = 0
        var path: [Int] = []
        for root in 0..<count where numbers[root] < 0 {
            var waiting: [(node: Int, edge: Int)] = [(root, 0)]
            while let (node, edge) = waiting.last {
                if edge == 0 {
                    numbers[node] = next
                    lowest[node] = next
                    next += 1
                    path.append(node)
                }
                if edge < edges[node].count {
                    waiting[waiting.count - 1].edge += 1
                    let target = edges[node][edge]
                    if numbers[target] < 0 {
                        waiting.append((target, 0))
                    } else if components[target] < 0 {
                        lowest[node] = min(lowest[node], numbers[target])
                    }
                    continue
                }
                waiting.removeLast()
                if let parent = waiting.last?.node { lowest[parent] = min(lowest[parent], lowest[node]) }
                guard lowest[node] == numbers[node] else { continue }
                var size = 0
                while let member = path.popLast() {
                    components[member] = sizes.count
                    size += 1
                    if member == node { break }
                }
                sizes.append(size)
            }
        }
    }
}
