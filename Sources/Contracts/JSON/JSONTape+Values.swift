extension JSONTape {
    /// The value of one node as a tree; read from its end, so that contents are ready before their container.
    func value(at root: Int) -> JSONValue {
        if nodes[root].kind == .key { return .string(string(root)) }
        var values: [JSONValue] = []
        var keys: [String] = []
        for place in stride(from: after(root) - 1, through: root, by: -1) {
            let node = nodes[place]
            switch node.kind {
            case .null: values.append(.null)
            case .false: values.append(.bool(false))
            case .true: values.append(.bool(true))
            case .integer, .number: values.append(.number(JSONNumber(checked: string(place))))
            case .string: values.append(.string(string(place)))
            case .key:
                if node.isDropped { values.removeLast() } else { keys.append(string(place)) }
            case .array:
                let first = values.count - Int(node.length)
                let elements = [JSONValue](values[first...].reversed())
                values.removeSubrange(first...)
                values.append(.array(elements))
            case .object:
                var object = JSONObject(capacity: Int(node.length))
                for _ in 0..<node.length {
                    if let key = keys.popLast(), let value = values.popLast() { object.append(fresh: key, value) }
                }
                values.append(.object(object))
            }
        }
        return values.last ?? .null
    }

    func string(_ place: Int) -> String {
        String(decoding: contents(place), as: UTF8.self)
    }
}
