/// Changes places of a JSON text and leaves everything else as its author wrote it: order, spaces and line breaks.
///
/// A new value stands on one line where the old one did and where it fits, and is indented as its surroundings elsewhere.
public struct JSONTextEditor {
    /// Always a JSON text.
    public private(set) var text: String
    private var bytes: [UInt8]

    private static let width = 100

    /// Throws where the text is no JSON.
    public init(_ text: String) throws(JSONError) {
        _ = try JSONDocument.parse(text)
        self.text = text
        bytes = Array(text.utf8)
    }

    /// The value that stands there now.
    public var value: JSONValue { (try? JSONValue.parse(bytes)) ?? .null }

    /// Puts another value in the place of one; false where there is none.
    @discardableResult
    public mutating func replace(_ pointer: JSONPointer, with value: JSONValue) -> Bool {
        guard let range = range(of: pointer) else { return false }
        let isFlat = !bytes[range].contains(UInt8(ascii: "\n"))
        apply(range, rendered(value, at: range.lowerBound, isFlat: isFlat))
        return true
    }

    /// Sets a member of an object: an old one is replaced, a new one comes last. False where there is no object.
    @discardableResult
    public mutating func set(_ name: String, of pointer: JSONPointer, to value: JSONValue) -> Bool {
        if range(of: pointer.appending(name)) != nil { return replace(pointer.appending(name), with: value) }
        guard let range = range(of: pointer), bytes[range.lowerBound] == UInt8(ascii: "{") else { return false }
        let key = JSONValue.string(name).text + ": "
        let members = members(of: range)
        guard let last = members.last else {
            apply(range, rendered(.object([name: value]), at: range.lowerBound, isFlat: false))
            return true
        }
        if bytes[range].contains(UInt8(ascii: "\n")) {
            let indent = indent(at: members[0].key)
            let body = rendered(value, indent: indent, used: indent + key.utf8.count, isFlat: true)
            apply(
                last.value.upperBound..<last.value.upperBound,
                ",\n" + String(repeating: " ", count: indent) + key + body)
        } else {
            apply(last.value.upperBound..<last.value.upperBound, ", " + key + flat(value))
        }
        return true
    }

    /// Takes a member out of an object; false where there is none.
    @discardableResult
    public mutating func remove(_ name: String, of pointer: JSONPointer) -> Bool {
        guard let range = range(of: pointer) else { return false }
        let members = members(of: range)
        guard let place = members.firstIndex(where: { $0.name == name }) else { return false }
        if place > 0 {
            apply(members[place - 1].value.upperBound..<members[place].value.upperBound, "")
        } else if members.count > 1 {
            apply(members[0].key..<members[1].key, "")
        } else {
            apply(range, "{}")
        }
        return true
    }

    private mutating func apply(_ range: Range<Int>, _ new: String) {
        bytes.replaceSubrange(range, with: Array(new.utf8))
        text = String(decoding: bytes, as: UTF8.self)
    }

    // MARK: - Finding places in a text that is known to be right

    private struct Member {
        let name: String
        let key: Int
        let value: Range<Int>
    }

    private func range(of pointer: JSONPointer) -> Range<Int>? {
        var range = value(from: 0)
        for token in pointer.tokens {
            switch bytes[range.lowerBound] {
            case UInt8(ascii: "{"):
                guard let member = members(of: range).first(where: { $0.name == token }) else { return nil }
                range = member.value
            case UInt8(ascii: "["):
                let elements = elements(of: range)
                guard let index = JSONPointer.arrayIndex(token), index < elements.count else { return nil }
                range = elements[index]
            default: return nil
            }
        }
        return range
    }

    private func skipSpace(_ place: Int) -> Int {
        var place = place
        while place < bytes.count, " \n\r\t\u{FEFF}".utf8.contains(bytes[place]) { place += 1 }
        return place
    }

    /// The value that begins at or after the place.
    private func value(from place: Int) -> Range<Int> {
        let start = skipSpace(place)
        var (place, depth) = (start, 0)
        while place < bytes.count {
            switch bytes[place] {
            case UInt8(ascii: "\""):
                place = endOfString(place)
                if depth == 0 { return start..<place }
                continue
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                if depth == 0 { return start..<place }
                depth -= 1
                if depth == 0 { return start..<(place + 1) }
            case UInt8(ascii: ","), 0x20, 0x0A, 0x0D, 0x09:
                if depth == 0 { return start..<place }
            default: break
            }
            place += 1
        }
        return start..<place
    }

    private func endOfString(_ start: Int) -> Int {
        var place = start + 1
        while place < bytes.count, bytes[place] != UInt8(ascii: "\"") {
            place += bytes[place] == UInt8(ascii: "\\") ? 2 : 1
        }
        return min(place + 1, bytes.count)
    }

    private func elements(of range: Range<Int>) -> [Range<Int>] {
        var elements: [Range<Int>] = []
        var place = skipSpace(range.lowerBound + 1)
        while place < range.upperBound - 1 {
            let element = value(from: place)
            elements.append(element)
            place = skipSpace(element.upperBound)
            if bytes[place] == UInt8(ascii: ",") { place = skipSpace(place + 1) }
        }
        return elements
    }

    private func members(of range: Range<Int>) -> [Member] {
        guard bytes[range.lowerBound] == UInt8(ascii: "{") else { return [] }
        var members: [Member] = []
        var place = skipSpace(range.lowerBound + 1)
        while place < range.upperBound - 1 {
            let end = endOfString(place)
            let name = (try? JSONValue.parse(Array(bytes[place..<end])))?.stringValue ?? ""
            let value = value(from: skipSpace(end) + 1)
            members.append(Member(name: name, key: place, value: value))
            place = skipSpace(value.upperBound)
            if bytes[place] == UInt8(ascii: ",") { place = skipSpace(place + 1) }
        }
        return members
    }

    // MARK: - Writing

    /// Spaces at the beginning of the line that the place is on.
    private func indent(at place: Int) -> Int {
        let start = bytes[..<place].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        return bytes[start..<place].prefix { $0 == UInt8(ascii: " ") }.count
    }

    private func rendered(_ value: JSONValue, at place: Int, isFlat: Bool) -> String {
        let start = bytes[..<place].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        return rendered(value, indent: indent(at: place), used: place - start, isFlat: isFlat)
    }

    private func rendered(_ value: JSONValue, indent: Int, used: Int, isFlat: Bool) -> String {
        let line = flat(value)
        if isFlat, used + line.utf8.count <= Self.width { return line }
        return value.pretty().replacing("\n", with: "\n" + String(repeating: " ", count: indent))
    }

    /// On one line, with spaces after commas and colons.
    private func flat(_ value: JSONValue) -> String {
        switch value {
        case .array(let elements): "[" + elements.map(flat).joined(separator: ", ") + "]"
        case .object(let object):
            "{" + object.entries.map { JSONValue.string($0.key).text + ": " + flat($0.value) }.joined(separator: ", ")
                + "}"
        default: value.text
        }
    }
}
