extension JSONParser {
    /// Finds names that the object holds twice, and refuses or drops the earlier one.
    ///
    /// Names are sorted by hash, then by bytes: equal ones become neighbours at a cost that chosen collisions cannot
    /// push beyond n log n comparisons.
    mutating func settleDuplicates(of container: Int) throws(Failure) {
        guard nodes[container].count > 1 else { return }
        var names: [Int] = []
        names.reserveCapacity(Int(nodes[container].count))
        var name = container + 1
        while name < nodes.count {
            names.append(name)
            name = Int(nodes[name + 1].end)
        }
        names.sort { precedes($0, $1) }
        for (earlier, later) in zip(names, names.dropFirst()) where order(earlier, later) == 0 {
            guard limits.duplicateKeys == .keepLast else {
                throw Failure(message: "A member name comes twice in one object", offset: Int(nodes[later].source))
            }
            nodes[earlier].isDropped = true
            nodes[container].count -= 1
        }
    }

    private func precedes(_ left: Int, _ right: Int) -> Bool {
        let order = order(left, right)
        return order == 0 ? left < right : order < 0
    }

    private func order(_ left: Int, _ right: Int) -> Int {
        if nodes[left].hash != nodes[right].hash { return nodes[left].hash < nodes[right].hash ? -1 : 1 }
        let (first, second) = (contents(left), contents(right))
        if first.elementsEqual(second) { return 0 }
        return first.lexicographicallyPrecedes(second) ? -1 : 1
    }

    func contents(_ place: Int) -> ArraySlice<UInt8> {
        let node = nodes[place]
        let range = Int(node.start)..<Int(node.start) + Int(node.length)
        return node.isUnescaped ? unescaped[range] : bytes[range]
    }
}
