extension TypeBook {
    /// Makes declarations that are other declarations by another name (`A = B`, `B = A | null`) into what they come to.
    ///
    /// Those that lead to each other in a circle all take the same values: whatever one of them takes by itself. They are
    /// found as the strongly connected parts of the graph of names (Tarjan's algorithm, without recursion).
    mutating func cutCircles() {
        let links = declarations.map { declaration in
            TypeBook.aliases(declaration.shape).compactMap { place(of: $0) }
        }
        for circle in TypeBook.circles(links) {
            let inside = Set(circle.map { declarations[$0].name })
            var own: [TypeShape] = []
            for place in circle.sorted() {
                own += TypeBook.members(declarations[place].shape).filter { member in
                    if case .named(let name) = member { !inside.contains(name) } else { true }
                }
            }
            let shape = TypeShape.either(own).orAny
            for place in circle { reshape(place, shape) }
        }
    }

    private static func members(_ shape: TypeShape) -> [TypeShape] {
        if case .union(let members) = shape { members } else { [shape] }
    }

    private static func aliases(_ shape: TypeShape) -> [String] {
        members(shape).compactMap { member in
            if case .named(let name) = member { name } else { nil }
        }
    }

    /// The sets of nodes that reach each other, and single ones that reach themselves.
    private static func circles(_ links: [[Int]]) -> [[Int]] {
        var found: [[Int]] = []
        var numbers = [Int?](repeating: nil, count: links.count)
        var lowest = [Int](repeating: 0, count: links.count)
        var isOpen = [Bool](repeating: false, count: links.count)
        var open: [Int] = []
        var walk: [(node: Int, next: Int)] = []
        var count = 0
        func enter(_ node: Int) {
            numbers[node] = count
            lowest[node] = count
            count += 1
            open.append(node)
            isOpen[node] = true
            walk.append((node, 0))
        }
        for start in links.indices where numbers[start] == nil {
            enter(start)
            while let (node, next) = walk.last {
                if next < links[node].count {
                    walk[walk.count - 1].next += 1
                    let target = links[node][next]
                    if let number = numbers[target] {
                        if isOpen[target] { lowest[node] = min(lowest[node], number) }
                    } else {
                        enter(target)
                    }
                    continue
                }
                walk.removeLast()
                if let parent = walk.last?.node { lowest[parent] = min(lowest[parent], lowest[node]) }
                guard lowest[node] == numbers[node] else { continue }
                var part: [Int] = []
                repeat {
                    let member = open.removeLast()
                    isOpen[member] = false
                    part.append(member)
                } while part.last != node
                if part.count > 1 || links[node].contains(node) { found.append(part) }
            }
        }
        return found
    }
}
