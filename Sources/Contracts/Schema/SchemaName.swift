/// A member name with the hash that the tape carries for it.
struct SchemaName: Sendable {
    let text: String
    let bytes: [UInt8]
    let hash: UInt32

    init(_ text: String) {
        self.text = text
        bytes = Array(text.utf8)
        hash = JSONHash.of(bytes)
    }
}
