extension JSONDocument {
    /// Where in the text the value stands that a pointer names, in bytes; nil when there is none.
    public func offset(of pointer: JSONPointer) -> Int? {
        var place = 0
        for token in pointer.tokens {
            switch tape.nodes[place].kind {
            case .object:
                let member = tape.members(of: place).first { tape.string($0.key) == token }
                guard let member else { return nil }
                place = member.value
            case .array:
                guard let index = JSONPointer.arrayIndex(token) else { return nil }
                guard let element = tape.elements(of: place).dropFirst(index).first(where: { _ in true }) else {
                    return nil
                }
                place = element
            default: return nil
            }
        }
        return Int(tape.nodes[place].start)
    }
}
