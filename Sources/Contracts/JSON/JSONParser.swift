/// Reads JSON text into a tape, strictly by RFC 8259.
///
/// One loop over the bytes with an explicit stack of open containers: the cost is linear in the text and the depth is
/// a number to compare, not a call stack. What a text may ask for is in `JSONLimits`.
struct JSONParser {
    /// What the grammar allows at the present place.
    private enum Expectation {
        case value
        case valueOrArrayEnd
        case nameOrObjectEnd
        case name
        case commaOrEnd
        case end
    }

    struct Failure: Error {
        let message: String
        let offset: Int
    }

    let bytes: [UInt8]
    let limits: JSONLimits
    var place = 0
    var unescaped: [UInt8] = []
    var nodes: [JSONNode] = []
    /// Places of the containers that are open.
    var open: [Int] = []

    init(bytes: [UInt8], limits: JSONLimits) {
        self.bytes = bytes
        self.limits = limits
    }

    mutating func parse() throws(JSONError) -> JSONDocument {
        do throws(Failure) {
            guard bytes.count <= limits.bytes else {
                throw Failure(message: "The text is larger than \(limits.bytes) bytes", offset: 0)
            }
            nodes.reserveCapacity(bytes.count / 8 + 1)
            try parseText()
        } catch {
            throw located(error)
        }
        return JSONDocument(bytes: bytes, unescaped: unescaped, nodes: nodes)
    }

    private mutating func parseText() throws(Failure) {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { place = 3 }
        var expectation = Expectation.value
        while true {
            skipSpace()
            guard place < bytes.count else {
                guard case .end = expectation else { throw fail("The text ends too early") }
                return
            }
            let byte = bytes[place]
            switch expectation {
            case .end:
                throw fail("Something follows the value")
            case .nameOrObjectEnd where byte == UInt8(ascii: "}"), .valueOrArrayEnd where byte == UInt8(ascii: "]"):
                expectation = try close()
            case .nameOrObjectEnd, .name:
                try parseName()
                expectation = .value
            case .value, .valueOrArrayEnd:
                expectation = try parseValue(byte)
            case .commaOrEnd:
                expectation = try parseSeparator(byte)
            }
        }
    }

    private mutating func parseValue(_ byte: UInt8) throws(Failure) -> Expectation {
        switch byte {
        case UInt8(ascii: "{"):
            try openContainer(.object)
            return .nameOrObjectEnd
        case UInt8(ascii: "["):
            try openContainer(.array)
            return .valueOrArrayEnd
        case UInt8(ascii: "\""):
            try parseString(.string)
        case UInt8(ascii: "-"), 0x30...0x39:
            try parseNumber()
        case UInt8(ascii: "t"):
            try parseWord("true", .true)
        case UInt8(ascii: "f"):
            try parseWord("false", .false)
        case UInt8(ascii: "n"):
            try parseWord("null", .null)
        default:
            throw fail("A value is expected here")
        }
        return valueDone()
    }

    /// What may follow a finished value; counts it in its array.
    private mutating func valueDone() -> Expectation {
        guard let container = open.last else { return .end }
        if nodes[container].kind == .array { nodes[container].count += 1 }
        return .commaOrEnd
    }

    private mutating func parseSeparator(_ byte: UInt8) throws(Failure) -> Expectation {
        let isObject = open.last.map { nodes[$0].kind == .object } ?? false
        switch byte {
        case UInt8(ascii: ","):
            place += 1
            return isObject ? .name : .value
        case isObject ? UInt8(ascii: "}") : UInt8(ascii: "]"):
            return try close()
        default:
            throw fail(isObject ? "A comma or } is expected here" : "A comma or ] is expected here")
        }
    }

    private mutating func openContainer(_ kind: JSONNode.Kind) throws(Failure) {
        guard open.count < limits.depth else { throw fail("The text nests deeper than \(limits.depth) levels") }
        open.append(nodes.count)
        nodes.append(JSONNode(kind: kind, source: UInt32(place)))
        place += 1
    }

    private mutating func close() throws(Failure) -> Expectation {
        guard let container = open.last else { throw fail("A value is expected here") }
        nodes[container].end = UInt32(nodes.count)
        if nodes[container].kind == .object { try settleDuplicates(of: container) }
        open.removeLast()
        place += 1
        return valueDone()
    }

    private mutating func parseName() throws(Failure) {
        guard bytes[place] == UInt8(ascii: "\"") else { throw fail("A member name in double quotes is expected here") }
        try parseString(.key)
        if let container = open.last { nodes[container].count += 1 }
        skipSpace()
        guard place < bytes.count, bytes[place] == UInt8(ascii: ":") else { throw fail("A colon is expected here") }
        place += 1
    }

    private mutating func parseWord(_ word: StaticString, _ kind: JSONNode.Kind) throws(Failure) {
        let length = word.utf8CodeUnitCount
        guard place + length <= bytes.count,
            word.withUTF8Buffer({ $0.elementsEqual(bytes[place..<place + length]) })
        else { throw fail("A value is expected here") }
        nodes.append(JSONNode(kind: kind, source: UInt32(place), end: UInt32(nodes.count + 1)))
        place += length
    }

    private mutating func parseNumber() throws(Failure) {
        guard let end = JSONNumber.end(of: bytes, from: place) else { throw fail("This is no number by RFC 8259") }
        guard end - place <= limits.numberLength else {
            throw fail("A number has more than \(limits.numberLength) characters")
        }
        nodes.append(
            JSONNode(
                kind: .number, source: UInt32(place), start: UInt32(place), length: UInt32(end - place),
                end: UInt32(nodes.count + 1)))
        place = end
    }

    private mutating func skipSpace() {
        while place < bytes.count {
            switch bytes[place] {
            case 0x20, 0x09, 0x0A, 0x0D: place += 1
            default: return
            }
        }
    }

    func fail(_ message: String) -> Failure {
        Failure(message: message, offset: place)
    }
}
