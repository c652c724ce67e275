/// Percent-encoding of path segments and query components (RFC 3986, section 2.1).
public enum PercentEncoding {
    /// The text behind percent escapes, or nil when an escape is broken or the bytes are not UTF-8.
    public static func decode(_ bytes: some Sequence<UInt8>) -> String? {
        decodeBytes(bytes).flatMap { String(validating: $0, as: UTF8.self) }
    }

    /// The bytes behind percent escapes, or nil when an escape is broken.
    public static func decodeBytes(_ bytes: some Sequence<UInt8>) -> [UInt8]? {
        var result: [UInt8] = []
        var iterator = bytes.makeIterator()
        while let byte = iterator.next() {
            guard byte == UInt8(ascii: "%") else {
                result.append(byte)
                continue
            }
            guard let high = iterator.next()?.hexDigit, let low = iterator.next()?.hexDigit else { return nil }
            result.append(high << 4 | low)
        }
        return result
    }

    /// The text with everything but RFC 3986's unreserved characters escaped.
    public static func encode(_ text: String) -> String {
        encode(text.utf8)
    }

    /// The same for bytes that need not be text.
    public static func encode(_ bytes: some Sequence<UInt8>) -> String {
        var result: [UInt8] = []
        for byte in bytes {
            if byte.isASCIILetter || byte.isASCIIDigit || unreservedMarks.contains(byte) {
                result.append(byte)
            } else {
                result += [UInt8(ascii: "%"), hexDigits[Int(byte >> 4)], hexDigits[Int(byte & 15)]]
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static let unreservedMarks: [UInt8] = Array("-._~".utf8)
    private static let hexDigits: [UInt8] = Array("0123456789ABCDEF".utf8)
}
