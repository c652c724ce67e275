package import Inventory

extension RouteIndex {
    /// Compiles the operations; of two with the same method and the same paths, the first one counts.
    package init(_ operations: [Operation]) {
        self.init(routes: operations.map { ($0.method, $0.path) })
    }

    /// Compiles methods and templates.
    private init(routes: [(method: String, path: PathTemplate)]) {
        var tree = Tree()
        for (operation, route) in routes.enumerated() {
            let method: Int
            if let known = methods.firstIndex(of: route.method) {
                method = known
            } else {
                method = methods.count
                methods.append(route.method)
            }
            tree.add(route.path, Leaf(method: method, operation: operation))
            places.append(Self.places(route.path))
        }
        ranks = Self.ranks(routes.map(\.path))
        flatten(tree)
    }

    /// The tree while it grows.
    private struct Tree {
        struct Branch {
            var literals: [[UInt8]: Int] = [:]
            var parameters: [(prefix: [UInt8], suffix: [UInt8], child: Int)] = []
            var leaves: [Leaf] = []
        }

        var branches = [Branch()]

        mutating func add(_ path: PathTemplate, _ leaf: Leaf) {
            var branch = 0
            for segment in path.segments {
                branch = child(of: branch, segment)
            }
            guard !branches[branch].leaves.contains(where: { $0.method == leaf.method }) else { return }
            branches[branch].leaves.append(leaf)
        }

        private mutating func child(of branch: Int, _ segment: PathTemplate.Segment) -> Int {
            let new = branches.count
            switch segment {
            case .literal(let text):
                let text = Array(text.utf8)
                if let known = branches[branch].literals[text] { return known }
                branches[branch].literals[text] = new
            case .parameter(_, let prefix, let suffix):
                let (prefix, suffix) = (Array(prefix.utf8), Array(suffix.utf8))
                let known = branches[branch].parameters.first { $0.prefix == prefix && $0.suffix == suffix }
                if let known { return known.child }
                branches[branch].parameters.append((prefix, suffix, new))
            }
            branches.append(Branch())
            return new
        }
    }

    private mutating func flatten(_ tree: Tree) {
        for branch in tree.branches {
            let node = Node(
                literals: literals.count..<literals.count + branch.literals.count,
                parameters: parameters.count..<parameters.count + branch.parameters.count,
                leaves: leaves.count..<leaves.count + branch.leaves.count)
            for (text, child) in branch.literals {
                literals.append(Literal(key: Segment.key(text), text: keep(text), child: child))
            }
            literals[node.literals].sort { $0.key < $1.key }
            for (prefix, suffix, child) in branch.parameters {
                parameters.append(Parameter(prefix: keep(prefix), suffix: keep(suffix), child: child))
            }
            parameters[node.parameters].sort { $0.weight > $1.weight }
            leaves += branch.leaves
            nodes.append(node)
        }
    }

    private mutating func keep(_ text: [UInt8]) -> Range<Int> {
        texts += text
        return texts.count - text.count..<texts.count
    }

    private static func places(_ path: PathTemplate) -> [Place] {
        path.segments.enumerated().compactMap { number, segment in
            guard case .parameter(let name, let prefix, let suffix) = segment else { return nil }
            return Place(name: name, segment: number, prefix: prefix.utf8.count, suffix: suffix.utf8.count)
        }
    }

    /// The order in which templates that fit the same path win; the file's order where they say as much.
    private static func ranks(_ paths: [PathTemplate]) -> [Int] {
        let order = paths.indices.sorted { left, right in
            // Only templates of one length meet; the others are kept apart, so that this is an order.
            let (count, other) = (paths[left].segments.count, paths[right].segments.count)
            guard count == other else { return count < other }
            if paths[left].isMoreSpecific(than: paths[right]) { return true }
            if paths[right].isMoreSpecific(than: paths[left]) { return false }
            return left < right
        }
        var ranks = [Int](repeating: 0, count: paths.count)
        for (rank, operation) in order.enumerated() { ranks[operation] = rank }
        return ranks
    }
}
