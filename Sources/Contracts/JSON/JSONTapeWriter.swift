/// Lays a tree out as a tape.
struct JSONTapeWriter {
    private var bytes: [UInt8] = []
    private var nodes: [JSONNode] = []

    /// Strings stand unescaped in the text buffer: the document is for checking, not for printing.
    var document: JSONDocument {
        JSONDocument(bytes: bytes, unescaped: [], nodes: nodes)
    }

    mutating func write(_ value: JSONValue) {
        switch value {
        case .null: leaf(.null)
        case .bool(let value): leaf(value ? .true : .false)
        case .number(let number): leaf(.number, number.text)
        case .string(let string): leaf(.string, string)
        case .array(let elements):
            let place = open(.array, count: elements.count)
            for element in elements { write(element) }
            nodes[place].end = UInt32(nodes.count)
        case .object(let object):
            let place = open(.object, count: object.count)
            for (key, value) in object {
                leaf(.key, key)
                nodes[nodes.count - 1].hash = JSONHash.of(bytes[Int(nodes[nodes.count - 1].start)...])
                write(value)
            }
            nodes[place].end = UInt32(nodes.count)
        }
    }

    private mutating func open(_ kind: JSONNode.Kind, count: Int) -> Int {
        nodes.append(JSONNode(kind: kind, source: UInt32(bytes.count), count: UInt32(count)))
        return nodes.count - 1
    }

    private mutating func leaf(_ kind: JSONNode.Kind, _ text: String = "") {
        let start = UInt32(bytes.count)
        bytes += text.utf8
        nodes.append(
            JSONNode(
                kind: kind, source: start, start: start, length: UInt32(bytes.count) - start,
                end: UInt32(nodes.count + 1)))
    }
}
