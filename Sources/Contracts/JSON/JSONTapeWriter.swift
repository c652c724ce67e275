/// Lays a tree out as a tape.
struct JSONTapeWriter {
    /// Strings stand unescaped and side by side in its text: it is for checking, not for printing.
    let tape = JSONTape()

    mutating func write(_ value: JSONValue) {
        switch value {
        case .null: leaf(.null)
        case .bool(let value): leaf(value ? .true : .false)
        case .number(let number): leaf(number.isWrittenAsInteger ? .integer : .number, number.text)
        case .string(let string): leaf(.string, string)
        case .array(let elements):
            let place = open(.array, count: elements.count)
            for element in elements { write(element) }
            tape.nodes[place].link = UInt32(tape.nodeCount)
        case .object(let object):
            let place = open(.object, count: object.count)
            for (key, value) in object {
                leaf(.key, key)
                write(value)
            }
            tape.nodes[place].link = UInt32(tape.nodeCount)
        }
    }

    private func open(_ kind: JSONNode.Kind, count: Int) -> Int {
        append(JSONNode(kind: kind, start: UInt32(tape.count), length: UInt32(count)))
        return tape.nodeCount - 1
    }

    private func leaf(_ kind: JSONNode.Kind, _ text: String = "") {
        let start = tape.count
        tape.append(text)
        let length = tape.count - start
        append(
            JSONNode(
                kind: kind, isASCII: text.utf8.allSatisfy { $0 < 0x80 }, start: UInt32(start), length: UInt32(length),
                link: kind == .key ? JSONBytes.hash(tape.text + start, length) : 0))
    }

    private func append(_ node: JSONNode) {
        if tape.nodeCount == tape.nodeCapacity { tape.growNodes(used: tape.nodeCount) }
        (tape.nodes + tape.nodeCount).initialize(to: node)
        tape.nodeCount += 1
    }
}
