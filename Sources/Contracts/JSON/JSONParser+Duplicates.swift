extension JSONParser {
    /// Slots looked at for one name before many equal hashes are suspected.
    private static let mostProbes = 64

    /// Objects up to this size are searched when a name's bit is taken already.
    private static let fewNames = 16

    /// Whether the name read last may stand before it in its object.
    @inline(never)
    func mayRepeat(_ count: Int, _ frame: JSONTape.Frame) -> Bool {
        guard frame.count <= JSONParser.fewNames else { return true }
        let hash = tape.nodes[count - 1].link
        var name = Int(frame.place) + 1
        while name < count - 1 {
            if tape.nodes[name].link == hash { return true }
            name = tape.after(name + 1)
        }
        return false
    }

    /// Finds names that the object holds twice, and refuses or drops the earlier one.
    @inline(never)
    func settleDuplicates(of container: Int, count: Int, until end: Int) throws(Failure) {
        var size = 8
        while size < count * 2 { size *= 2 }
        let slots = tape.zeroWords(size)
        let nodes = tape.nodes
        var name = container + 1
        while name < end {
            var slot = Int(nodes[name].link) & (size - 1)
            var probes = 0
            while slots[slot] != 0 {
                let earlier = Int(slots[slot])
                if isSame(earlier, name) {
                    try settle(earlier, name, container)
                    break
                }
                probes += 1
                guard probes < JSONParser.mostProbes else { return try settleHostileNames(of: container, until: end) }
                slot = (slot + 1) & (size - 1)
            }
            slots[slot] = UInt32(name)
            name = tape.after(name + 1)
        }
    }

    /// Names are sorted by hash, then by bytes: equal ones become neighbours at a cost that chosen collisions cannot
    /// push beyond n log n comparisons.
    private func settleHostileNames(of container: Int, until end: Int) throws(Failure) {
        var names: [Int] = []
        var name = container + 1
        while name < end {
            if !tape.nodes[name].isDropped { names.append(name) }
            name = tape.after(name + 1)
        }
        names.sort { precedes($0, $1) }
        for (earlier, later) in zip(names, names.dropFirst()) where isSame(earlier, later) {
            try settle(earlier, later, container)
        }
    }

    private func settle(_ earlier: Int, _ later: Int, _ container: Int) throws(Failure) {
        guard limits.duplicateKeys == .keepLast else {
            throw Failure(
                message: "A member name comes twice in one object", offset: Int(tape.nodes[later].start) - 1)
        }
        tape.nodes[earlier].isDropped = true
        tape.nodes[container].length -= 1
    }

    private func isSame(_ left: Int, _ right: Int) -> Bool {
        let (first, second) = (tape.nodes[left], tape.nodes[right])
        return first.link == second.link && first.length == second.length
            && JSONBytes.areEqual(text + Int(first.start), text + Int(second.start), Int(first.length))
    }

    private func precedes(_ left: Int, _ right: Int) -> Bool {
        let (first, second) = (tape.nodes[left].link, tape.nodes[right].link)
        if first != second { return first < second }
        if isSame(left, right) { return left < right }
        return tape.contents(left).lexicographicallyPrecedes(tape.contents(right))
    }
}
