/// A JSON text and its tape: one flat list of nodes in reading order, strings left where they stand in the text.
///
/// The way of a payload: bytes -> `JSONParser` -> `JSONDocument` (checked by a `Schema` as it is) -> `JSONValue` (when
/// someone needs a tree). Nothing here recurses, so neither reading nor freeing depends on how deep the text nests.
/// Node 0 is the root. On an event loop `JSONScratch` takes the document's place.
public struct JSONDocument: Sendable {
    /// Safe to share: whoever makes the document fills the tape before and lets go of it; from then on it is only read.
    nonisolated(unsafe) let tape: JSONTape

    /// Reads one JSON text (RFC 8259). A byte order mark at the beginning is passed over; lone surrogates are refused.
    public static func parse(_ bytes: [UInt8], limits: JSONLimits = .default) throws(JSONError) -> JSONDocument {
        let tape = JSONTape()
        bytes.withUnsafeBytes { tape.load($0, limit: limits.bytes) }
        let parser = JSONParser(tape: tape, limits: limits)
        do throws(JSONParser.Failure) {
            try parser.parse()
        } catch {
            throw bytes.withUnsafeBytes { parser.located(error, in: $0) }
        }
        return JSONDocument(tape: tape)
    }

    public static func parse(_ text: String, limits: JSONLimits = .default) throws(JSONError) -> JSONDocument {
        try parse(Array(text.utf8), limits: limits)
    }

    /// A document with the value's content; its text is not the value's text.
    public init(_ value: JSONValue) {
        var writer = JSONTapeWriter()
        writer.write(value)
        tape = writer.tape
    }

    private init(tape: JSONTape) {
        self.tape = tape
    }

    /// The whole document as a tree.
    public var value: JSONValue {
        tape.value(at: 0)
    }
}
