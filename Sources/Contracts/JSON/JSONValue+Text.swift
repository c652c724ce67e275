extension JSONValue: CustomStringConvertible {
    /// Reads one JSON text (RFC 8259, UTF-8).
    public static func parse(_ bytes: [UInt8], limits: JSONLimits = .default) throws(JSONError) -> JSONValue {
        try JSONDocument.parse(bytes, limits: limits).value
    }

    public static func parse(_ text: String, limits: JSONLimits = .default) throws(JSONError) -> JSONValue {
        try parse(Array(text.utf8), limits: limits)
    }

    /// The compact text as UTF-8 bytes; the same value always gives the same bytes.
    public func encoded() -> [UInt8] {
        var writer = JSONWriter()
        writer.write(self)
        return writer.bytes
    }

    /// The compact text.
    public var text: String {
        String(decoding: encoded(), as: UTF8.self)
    }

    public var description: String {
        text
    }

    /// The text over several lines, indented by two spaces, without a newline at the end.
    public func pretty() -> String {
        var writer = JSONWriter(indent: 2)
        writer.write(self)
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}
