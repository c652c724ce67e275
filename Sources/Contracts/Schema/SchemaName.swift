/// A member name with the hash that the tape carries for it.
struct SchemaName: Sendable, Hashable {
    let text: String
    let bytes: [UInt8]
    let hash: UInt32

    init(_ text: String) {
        self.text = text
        bytes = Array(text.utf8)
        let padded = bytes + [UInt8](repeating: 0, count: 8)
        let count = bytes.count
        hash = padded.withUnsafeBufferPointer { buffer in
            buffer.baseAddress.map { JSONBytes.hash($0, count) } ?? 0
        }
    }
}
