extension JSONParser {
    /// The failure with line, column and pointer, worked out only now; `original` is the text as it was handed in.
    func located(_ failure: Failure, in original: UnsafeRawBufferPointer) -> JSONError {
        let before = original.prefix(failure.offset)
        let line = before.reduce(1) { $1 == 0x0A ? $0 + 1 : $0 }
        let lastLine = before.lastIndex(of: 0x0A).map { before[($0 + 1)...] } ?? before
        let column = lastLine.reduce(1) { $1 & 0xC0 == 0x80 ? $0 : $0 + 1 }
        return JSONError(
            message: failure.message, line: line, column: column, offset: failure.offset,
            pointer: pointerToOpenValue().description)
    }

    /// Follows the containers that are still open.
    private func pointerToOpenValue() -> JSONPointer {
        var pointer = JSONPointer()
        var container = 0
        while container < tape.nodeCount, isOpen(container) {
            var place = container + 1
            var complete = 0
            var lastName: Int?
            while place < tape.nodeCount {
                if tape.nodes[place].kind == .key {
                    lastName = place
                    place += 1
                    continue
                }
                if isOpen(place) { break }
                complete += 1
                place = tape.after(place)
            }
            if tape.nodes[container].kind == .array {
                pointer.tokens.append(String(complete))
            } else if let lastName {
                pointer.tokens.append(String(decoding: tape.contents(lastName), as: UTF8.self))
            }
            container = place
        }
        return pointer
    }

    private func isOpen(_ place: Int) -> Bool {
        let kind = tape.nodes[place].kind
        return (kind == .array || kind == .object) && tape.nodes[place].link == 0
    }
}
