/// A JSON text and its tape: one flat list of nodes in reading order, strings left where they stand in the text.
///
/// The way of a payload: bytes -> `JSONParser` -> `JSONDocument` (checked by a `Schema` as it is) -> `JSONValue` (when
/// someone needs a tree). Nothing here recurses, so neither reading nor freeing depends on how deep the text nests.
/// Node 0 is the root.
public struct JSONDocument: Sendable {
    let bytes: [UInt8]
    /// Strings that hold escapes, unescaped, one after the other.
    let unescaped: [UInt8]
    let nodes: [JSONNode]

    /// Reads one JSON text (RFC 8259). A byte order mark at the beginning is passed over; lone surrogates are refused.
    public static func parse(_ bytes: [UInt8], limits: JSONLimits = .default) throws(JSONError) -> JSONDocument {
        var parser = JSONParser(bytes: bytes, limits: limits)
        return try parser.parse()
    }

    public static func parse(_ text: String, limits: JSONLimits = .default) throws(JSONError) -> JSONDocument {
        try parse(Array(text.utf8), limits: limits)
    }

    /// A document with the value's content; its text is the value's compact text.
    public init(_ value: JSONValue) {
        var writer = JSONTapeWriter()
        writer.write(value)
        self = writer.document
    }

    init(bytes: [UInt8], unescaped: [UInt8], nodes: [JSONNode]) {
        self.bytes = bytes
        self.unescaped = unescaped
        self.nodes = nodes
    }

    /// The whole document as a tree.
    public var value: JSONValue {
        value(at: 0)
    }

    /// The value of one node as a tree; read from its end, so that contents are ready before their container.
    func value(at root: Int) -> JSONValue {
        if nodes[root].kind == .key { return .string(string(at: root)) }
        var values: [JSONValue] = []
        var keys: [(name: String, isDropped: Bool)] = []
        for place in stride(from: Int(nodes[root].end) - 1, through: root, by: -1) {
            let node = nodes[place]
            switch node.kind {
            case .null: values.append(.null)
            case .false: values.append(.bool(false))
            case .true: values.append(.bool(true))
            case .number: values.append(.number(JSONNumber(checked: string(at: place))))
            case .string: values.append(.string(string(at: place)))
            case .key:
                if node.isDropped { values.removeLast() } else { keys.append((string(at: place), false)) }
            case .array:
                let first = values.count - Int(node.count)
                let elements = [JSONValue](values[first...].reversed())
                values.removeSubrange(first...)
                values.append(.array(elements))
            case .object:
                var object = JSONObject()
                for _ in 0..<node.count {
                    if let key = keys.popLast(), let value = values.popLast() { object[key.name] = value }
                }
                values.append(.object(object))
            }
        }
        return values.last ?? .null
    }

    /// The bytes of a string, name or number.
    func contents(at place: Int) -> ArraySlice<UInt8> {
        let node = nodes[place]
        let range = Int(node.start)..<Int(node.start) + Int(node.length)
        return node.isUnescaped ? unescaped[range] : bytes[range]
    }

    func string(at place: Int) -> String {
        String(decoding: contents(at: place), as: UTF8.self)
    }
}
