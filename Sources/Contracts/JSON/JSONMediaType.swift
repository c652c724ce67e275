/// Whether a content's type (RFC 9110, section 8.3.1) says that it is JSON: `application/json`, `text/json`, or any with
/// the suffix `+json` (RFC 6839).
public enum JSONMediaType {
    /// Parameters and capitals do not matter.
    public static func covers(_ type: some StringProtocol) -> Bool {
        let name = type.utf8.prefix { $0 != UInt8(ascii: ";") }
        let plain = name.drop(while: isSpace).reversed().drop(while: isSpace).reversed().map(lowercased)
        return plain.elementsEqual("application/json".utf8) || plain.elementsEqual("text/json".utf8)
            || plain.suffix(5).elementsEqual("+json".utf8)
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
    }

    private static func lowercased(_ byte: UInt8) -> UInt8 {
        byte &- UInt8(ascii: "A") < 26 ? byte | 0x20 : byte
    }
}
