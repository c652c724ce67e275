/// A pattern as the evaluator runs it; whoever holds it keeps its expression alive.
struct PatternMachine: BitwiseCopyable {
    /// The class of each ASCII character.
    let classes: UnsafePointer<UInt8>
    /// A row for each state: for each class the place of the next state's row; nil when there is no table.
    let rows: UnsafePointer<UInt16>?
    /// Whether the text may end in the state whose row begins there.
    let ends: UnsafePointer<Bool>?
    /// Length of a row.
    let classCount: Int
    let table: UnsafeRawPointer

    @inline(__always)
    func isFound(in bytes: UnsafeBufferPointer<UInt8>, isASCII: Bool) -> Bool {
        guard isASCII, let rows, let ends else { return isFoundSlowly(in: bytes) }
        let match = Int(PatternTableBuilder.match) &* classCount
        var state = Int(PatternTableBuilder.initial) &* classCount
        for byte in bytes {
            state = Int(rows[state &+ Int(classes[Int(byte)])])
            if state <= match { return state == match }
        }
        return ends[state]
    }

    @inline(never)
    private func isFoundSlowly(in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        let table = Unmanaged<PatternTable>.fromOpaque(table).takeUnretainedValue()
        var matcher = PatternMatcher(
            program: table.program, text: String(decoding: bytes, as: UTF8.self).unicodeScalars.map(\.value))
        return matcher.search()
    }
}
