/// Reads JSON text into a tape, strictly by RFC 8259.
///
/// One loop over the bytes with an explicit stack of open containers: the cost is linear in the text and the depth is
/// a number to compare, not a call stack. What a text may ask for is in `JSONLimits`.
struct JSONParser {
    struct Failure: Error {
        let message: String
        let offset: Int
    }

    typealias Place = UnsafeMutablePointer<UInt8>

    let tape: JSONTape
    let limits: JSONLimits
    let text: Place
    let end: Place

    /// The text lies on the tape already.
    init(tape: JSONTape, limits: JSONLimits) {
        self.tape = tape
        self.limits = limits
        text = tape.text
        end = tape.text + tape.count
    }

    /// Where nodes go while a text is read; kept in registers and given back to the tape at the end.
    private struct Output {
        var nodes: UnsafeMutablePointer<JSONNode>
        var count = 0
        var capacity: Int

        @inline(__always)
        mutating func append(_ node: JSONNode) {
            (nodes + count).initialize(to: node)
            count &+= 1
        }
    }

    func parse() throws(Failure) {
        guard tape.count <= limits.bytes else {
            throw Failure(message: "The text is larger than \(limits.bytes) bytes", offset: 0)
        }
        var output = Output(nodes: tape.nodes, capacity: tape.nodeCapacity)
        defer { tape.nodeCount = output.count }
        try readText(&output)
    }

    private func readText(_ output: inout Output) throws(Failure) {
        var place = text
        if tape.count >= 3, text[0] == 0xEF, text[1] == 0xBB, text[2] == 0xBF { place += 3 }
        var frame = JSONTape.Frame()
        var depth = 0
        var wantsName = false
        values: while true {
            if output.count &+ 2 > output.capacity { grow(&output) }
            place = skipSpace(place)
            switch place.pointee {
            case UInt8(ascii: "\""):
                place = try readString(place, &output)
            case UInt8(ascii: "-"), 0x30...0x39:
                place = try readNumber(place, &output)
            case UInt8(ascii: "{"):
                try open(.object, place, &frame, &depth, &output)
                place = skipSpace(place + 1)
                wantsName = place.pointee != UInt8(ascii: "}")
            case UInt8(ascii: "["):
                try open(.array, place, &frame, &depth, &output)
                place = skipSpace(place + 1)
                if place.pointee != UInt8(ascii: "]") {
                    frame.count = 1
                    continue values
                }
            case UInt8(ascii: "t"):
                place = try readWord(place, place, 0x6575_7274, .true, &output)
            case UInt8(ascii: "f"):
                place = try readWord(place + 1, place, 0x6573_6C61, .false, &output)
            case UInt8(ascii: "n"):
                place = try readWord(place, place, 0x6C6C_756E, .null, &output)
            default:
                throw fail("A value is expected here", place)
            }
            // From the end of a value to the beginning of the next one.
            while true {
                if wantsName {
                    place = try readName(skipSpace(place), &frame, &output)
                    wantsName = false
                    continue values
                }
                place = skipSpace(place)
                let byte = place.pointee
                if depth == 0 { break }
                if byte == UInt8(ascii: ",") {
                    place += 1
                    wantsName = frame.isObject
                    if wantsName { continue }
                    frame.count &+= 1
                    continue values
                }
                guard byte == (frame.isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) else {
                    throw fail(
                        frame.isObject ? "A comma or } is expected here" : "A comma or ] is expected here", place)
                }
                let container = Int(frame.place)
                output.nodes[container].length = frame.count
                if frame.mayRepeat { try settleDuplicates(of: container, count: Int(frame.count), until: output.count) }
                output.nodes[container].link = UInt32(truncatingIfNeeded: output.count)
                depth &-= 1
                frame = tape.frames[depth]
                place += 1
            }
            guard place == end else { throw fail("Something follows the value", place) }
            return
        }
    }

    @inline(never)
    private func grow(_ output: inout Output) {
        tape.growNodes(used: output.count)
        output.nodes = tape.nodes
        output.capacity = tape.nodeCapacity
    }

    @inline(__always)
    private func open(
        _ kind: JSONNode.Kind, _ place: Place, _ frame: inout JSONTape.Frame, _ depth: inout Int,
        _ output: inout Output
    ) throws(Failure) {
        guard depth < limits.depth else {
            throw fail("The text nests deeper than \(limits.depth) levels", place)
        }
        if depth == tape.frameCapacity { tape.growFrames() }
        tape.frames[depth] = frame
        depth &+= 1
        frame = JSONTape.Frame(place: UInt32(truncatingIfNeeded: output.count), isObject: kind == .object)
        output.append(JSONNode(kind: kind, start: offset(place)))
    }

    /// A member's name and the colon.
    @inline(__always)
    private func readName(
        _ quote: Place, _ frame: inout JSONTape.Frame, _ output: inout Output
    ) throws(Failure) -> Place {
        guard quote.pointee == UInt8(ascii: "\"") else {
            throw fail("A member name in double quotes is expected here", quote)
        }
        let start = quote + 1
        let stop = JSONBytes.special(from: start)
        var length = stop - start
        var place = stop + 1
        var isASCII = true
        if stop.pointee != UInt8(ascii: "\"") {
            (length, place, isASCII) = try readUnusualString(start, from: stop)
        }
        let hash = JSONBytes.hash(start, length)
        output.append(
            JSONNode(
                kind: .key, isASCII: isASCII, start: offset(start), length: UInt32(truncatingIfNeeded: length),
                link: hash))
        let bit: UInt64 = 1 << UInt64(hash & 63)
        if frame.names & bit != 0, !frame.mayRepeat { frame.mayRepeat = mayRepeat(output.count, frame) }
        frame.names |= bit
        frame.count &+= 1
        place = skipSpace(place)
        guard place.pointee == UInt8(ascii: ":") else { throw fail("A colon is expected here", place) }
        return place + 1
    }

    @inline(__always)
    private func readString(_ quote: Place, _ output: inout Output) throws(Failure) -> Place {
        let start = quote + 1
        let stop = JSONBytes.special(from: start)
        var length = stop - start
        var place = stop + 1
        var isASCII = true
        if stop.pointee != UInt8(ascii: "\"") {
            (length, place, isASCII) = try readUnusualString(start, from: stop)
        }
        output.append(
            JSONNode(
                kind: .string, isASCII: isASCII, start: offset(start), length: UInt32(truncatingIfNeeded: length)))
        return place
    }

    @inline(__always)
    private func readNumber(_ start: Place, _ output: inout Output) throws(Failure) -> Place {
        var place = start
        var kind = JSONNode.Kind.integer
        if place.pointee == UInt8(ascii: "-") { place += 1 }
        if place.pointee == UInt8(ascii: "0") { place += 1 } else { place = try skipDigits(place, start) }
        if place.pointee == UInt8(ascii: ".") {
            kind = .number
            place = try skipDigits(place + 1, start)
        }
        if place.pointee | 0x20 == UInt8(ascii: "e") {
            kind = .number
            place += 1
            if place.pointee == UInt8(ascii: "+") || place.pointee == UInt8(ascii: "-") { place += 1 }
            place = try skipDigits(place, start)
        }
        guard place - start <= limits.numberLength else {
            throw fail("A number has more than \(limits.numberLength) characters", start)
        }
        output.append(JSONNode(kind: kind, start: offset(start), length: UInt32(truncatingIfNeeded: place - start)))
        return place
    }

    @inline(__always)
    private func skipDigits(_ first: Place, _ number: Place) throws(Failure) -> Place {
        var place = first
        while place.pointee &- 0x30 < 10 { place += 1 }
        guard place > first else { throw fail("This is no number by RFC 8259", number) }
        return place
    }

    /// A word's last four letters.
    @inline(__always)
    private func readWord(
        _ place: Place, _ start: Place, _ word: UInt32, _ kind: JSONNode.Kind, _ output: inout Output
    ) throws(Failure) -> Place {
        guard UInt32(littleEndian: UnsafeRawPointer(place).loadUnaligned(as: UInt32.self)) == word else {
            throw fail("A value is expected here", start)
        }
        output.append(JSONNode(kind: kind, start: offset(start)))
        return place + 4
    }

    @inline(__always)
    private func offset(_ place: Place) -> UInt32 {
        UInt32(truncatingIfNeeded: place - text)
    }

    @inline(__always)
    private func skipSpace(_ start: Place) -> Place {
        var place = start
        while place.pointee <= 0x20 {
            guard place.pointee == 0x20 || place.pointee == 0x0A || place.pointee == 0x0D || place.pointee == 0x09
            else { break }
            place += 1
        }
        return place
    }

    @inline(never)
    func fail(_ message: String, _ place: Place) -> Failure {
        Failure(message: place >= end ? "The text ends too early" : message, offset: min(place, end) - text)
    }
}
