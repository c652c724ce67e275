extension JSONParser {
    /// The failure with line, column and pointer, worked out only now.
    func located(_ failure: Failure) -> JSONError {
        let before = bytes.prefix(failure.offset)
        let line = before.reduce(1) { $1 == 0x0A ? $0 + 1 : $0 }
        let lastLine = before.lastIndex(of: 0x0A).map { before[($0 + 1)...] } ?? before
        let column = lastLine.reduce(1) { $1 & 0xC0 == 0x80 ? $0 : $0 + 1 }
        var pointer = JSONPointer()
        for container in open {
            if nodes[container].kind == .array {
                pointer.tokens.append(String(nodes[container].count))
            } else if let name = lastName(of: container) {
                pointer.tokens.append(String(decoding: contents(name), as: UTF8.self))
            }
        }
        return JSONError(
            message: failure.message, line: line, column: column, offset: failure.offset,
            pointer: pointer.description)
    }

    private func lastName(of container: Int) -> Int? {
        var name = container + 1
        var last: Int?
        while name < nodes.count {
            last = name
            guard name + 1 < nodes.count, nodes[name + 1].end > 0 else { break }
            name = Int(nodes[name + 1].end)
        }
        return last
    }
}
