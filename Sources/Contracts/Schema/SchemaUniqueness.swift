/// Finds equal elements of an array on the tape.
///
/// Elements are hashed with a seed of this process and sorted by hash, so the cost cannot be pushed beyond n log n.
struct SchemaUniqueness {
    let tape: JSONTape
    let workspace: SchemaWorkspace

    private static let seed = UInt64.random(in: UInt64.min...UInt64.max)
    /// Arrays up to this size are compared element by element when they hold strings only.
    private static let fewElements = 8

    /// The indexes of two equal elements.
    func equalElements(of array: Int) -> (Int, Int)? {
        guard tape.nodes[array].length > 1 else { return nil }
        workspace.hashes.removeAll(keepingCapacity: true)
        for element in tape.elements(of: array) { workspace.hashes.append((hash(element), element)) }
        if workspace.hashes.count > SchemaUniqueness.fewElements {
            workspace.hashes.sort { $0.hash != $1.hash ? $0.hash < $1.hash : $0.place < $1.place }
            for index in 1..<workspace.hashes.count {
                let (first, second) = (workspace.hashes[index - 1], workspace.hashes[index])
                if first.hash == second.hash, areEqual(first.place, second.place) {
                    return (position(first.place, array), position(second.place, array))
                }
            }
            return nil
        }
        for later in 1..<workspace.hashes.count {
            for earlier in 0..<later where workspace.hashes[earlier].hash == workspace.hashes[later].hash {
                if areEqual(workspace.hashes[earlier].place, workspace.hashes[later].place) { return (earlier, later) }
            }
        }
        return nil
    }

    private func position(_ element: Int, _ array: Int) -> Int {
        var position = 0
        for other in tape.elements(of: array) {
            if other == element { return position }
            position += 1
        }
        return position
    }

    /// Equal values have equal hashes, however they are spelt and their members ordered.
    private func hash(_ place: Int) -> UInt64 {
        let node = tape.nodes[place]
        switch node.kind {
        case .null, .false, .true: return UInt64(node.kind.rawValue) + 1
        case .integer, .number:
            let text = tape.contents(place)
            if node.kind == .integer, let integer = SmallDecimal.integer(tape.text + Int(node.start), text.count) {
                return mix(UInt64(bitPattern: Int64(integer)), 11)
            }
            let decimal = JSONDecimal(text)
            if let integer = decimal.int, abs(integer) < 1_000_000_000_000_000_000 {
                return mix(UInt64(bitPattern: Int64(integer)), 11)
            }
            return mix(UInt64(truncatingIfNeeded: decimal.hashValue), 12)
        case .string, .key: return hash(tape.contents(place), 13)
        case .array:
            var sum = mix(UInt64(node.length), 14)
            for element in tape.elements(of: place) { sum = mix(sum ^ hash(element), 15) }
            return sum
        case .object:
            var sum = mix(UInt64(node.length), 16)
            for member in tape.members(of: place) {
                sum &+= mix(hash(tape.contents(member.key), 17) ^ hash(member.value), 18)
            }
            return sum
        }
    }

    private func hash(_ bytes: UnsafeBufferPointer<UInt8>, _ salt: UInt64) -> UInt64 {
        guard let start = bytes.baseAddress else { return salt }
        var sum = mix(UInt64(bytes.count), salt)
        var index = 0
        while index < bytes.count {
            sum = mix(sum ^ JSONBytes.head(start + index, bytes.count - index), salt)
            index += 8
        }
        return sum
    }

    private func mix(_ value: UInt64, _ salt: UInt64) -> UInt64 {
        let (high, low) = (value ^ SchemaUniqueness.seed).multipliedFullWidth(
            by: (salt &* 0x9E37_79B9_7F4A_7C15) ^ SchemaUniqueness.seed | 1)
        return high ^ low &+ salt
    }

    private func areEqual(_ left: Int, _ right: Int) -> Bool {
        let (first, second) = (tape.nodes[left], tape.nodes[right])
        if first.kind == .string, second.kind == .string {
            return first.length == second.length && tape.contents(left).elementsEqual(tape.contents(right))
        }
        return tape.value(at: left) == tape.value(at: right)
    }
}
