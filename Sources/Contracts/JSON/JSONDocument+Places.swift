extension JSONDocument {
    /// Where in the text the value stands that a pointer names, in bytes; nil when there is none.
    public func offset(of pointer: JSONPointer) -> Int? {
        tape.place(of: pointer).map { Int(tape.nodes[$0].start) }
    }
}
