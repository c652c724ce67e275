import Inventory

/// Paths as pacts hold them: with percent escapes or without.
enum PactPathText {
    /// The path as a request holds it: what may not stand there is escaped, escapes stay.
    static func escaped(_ path: String) -> String {
        let encoded = path.utf8.reduce(into: "") { text, byte in
            let isPlain = byte > 0x20 && byte < 0x7F && !"\"<>\\^`{|}?#".utf8.contains(byte)
            text += isPlain ? String(UnicodeScalar(byte)) : PercentEncoding.encode(CollectionOfOne(byte))
        }
        return encoded.hasPrefix("/") ? encoded : "/" + encoded
    }
}
