/// Memory that reading and checking payloads use again and again, so that a payload costs no allocation.
///
/// One for each event loop or thread: it is not `Sendable`. It holds the last text and its tape until the next one.
public final class JSONScratch {
    let tape = JSONTape()
    let workspace = SchemaWorkspace()

    public init() {}

    /// Reads one JSON text (RFC 8259) and forgets the last one.
    public func parse(_ bytes: UnsafeRawBufferPointer, limits: JSONLimits = .default) throws(JSONError) {
        tape.load(bytes, limit: limits.bytes)
        let parser = JSONParser(tape: tape, limits: limits)
        do throws(JSONParser.Failure) {
            try parser.parse()
        } catch {
            let located = parser.located(error, in: bytes)
            clear()
            throw located
        }
    }

    /// Like `parse`, for those who do not ask why not.
    @inline(__always)
    func reads(_ bytes: UnsafeRawBufferPointer, limits: JSONLimits) -> Bool {
        tape.load(bytes, limit: limits.bytes)
        do throws(JSONParser.Failure) {
            try JSONParser(tape: tape, limits: limits).parse()
            return true
        } catch {
            clear()
            return false
        }
    }

    /// The text read last, as a tree; null when it was no JSON.
    public var value: JSONValue {
        tape.nodeCount == 0 ? .null : tape.value(at: 0)
    }

    private func clear() {
        tape.load(UnsafeRawBufferPointer(start: nil, count: 0), limit: 0)
    }
}
