/// Reads JSON text (RFC 8259, strictly) into a `DataNode`; the first fault ends the reading.
struct JSONDocument {
    private static let maximumDepth = 128

    private let bytes: [UInt8]
    private var index = 0
    private var line = 1
    private var lineStart = 0

    /// What is wrong and where.
    struct Fault: Error {
        let message: String
        let position: Position
    }

    private init(_ text: String) {
        bytes = Array(text.utf8)
    }

    static func read(_ text: String) throws(Fault) -> DataNode {
        var document = JSONDocument(text)
        let node = try document.value(depth: 0)
        document.skipSpace()
        guard document.index == document.bytes.count else { throw document.fault("text after the end of the value") }
        return node
    }

    private var position: Position { Position(line: line, column: index - lineStart + 1) }

    private func fault(_ message: String) -> Fault {
        Fault(message: index >= bytes.count ? "the text ends too early" : message, position: position)
    }

    private var next: UInt8? { index < bytes.count ? bytes[index] : nil }

    private mutating func skipSpace() {
        while let byte = next {
            switch byte {
            case UInt8(ascii: "\n"):
                index += 1
                line += 1
                lineStart = index
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): index += 1
            default: return
            }
        }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        skipSpace()
        guard next == byte else { return false }
        index += 1
        return true
    }

    private mutating func value(depth: Int) throws(Fault) -> DataNode {
        skipSpace()
        let start = position
        guard depth < Self.maximumDepth else { throw fault("more than \(Self.maximumDepth) levels inside each other") }
        switch next {
        case UInt8(ascii: "{"): return DataNode(value: .map(try entries(depth: depth)), position: start)
        case UInt8(ascii: "["): return DataNode(value: .list(try items(depth: depth)), position: start)
        case UInt8(ascii: "\""): return DataNode(value: .text(try string()), position: start)
        case UInt8(ascii: "t"): return DataNode(value: try word("true", .bool(true)), position: start)
        case UInt8(ascii: "f"): return DataNode(value: try word("false", .bool(false)), position: start)
        case UInt8(ascii: "n"): return DataNode(value: try word("null", .null), position: start)
        default: return DataNode(value: try number(), position: start)
        }
    }

    private mutating func word(_ word: String, _ value: DataNode.Value) throws(Fault) -> DataNode.Value {
        guard bytes[index...].starts(with: word.utf8) else { throw fault("not a JSON value") }
        index += word.utf8.count
        return value
    }

    private mutating func number() throws(Fault) -> DataNode.Value {
        let start = index
        if next == UInt8(ascii: "-") { index += 1 }
        let whole = try digits()
        guard whole == 1 || bytes[index - whole] != UInt8(ascii: "0") else { throw fault("a number begins with 0") }
        if next == UInt8(ascii: ".") {
            index += 1
            _ = try digits()
        }
        if next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
            index += 1
            if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { index += 1 }
            _ = try digits()
        }
        let text = String(decoding: bytes[start..<index], as: UTF8.self)
        return .number(json: text, written: text)
    }

    private mutating func digits() throws(Fault) -> Int {
        let start = index
        while let byte = next, byte.isASCIIDigit { index += 1 }
        guard index > start else { throw fault("not a JSON value") }
        return index - start
    }

    private mutating func items(depth: Int) throws(Fault) -> [DataNode] {
        index += 1
        var items: [DataNode] = []
        if take(UInt8(ascii: "]")) { return items }
        repeat { items.append(try value(depth: depth + 1)) } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "]")) else { throw fault("a list needs \",\" or \"]\" here") }
        return items
    }

    private mutating func entries(depth: Int) throws(Fault) -> [DataEntry] {
        index += 1
        var entries: [DataEntry] = []
        var keys: Set<String> = []
        if take(UInt8(ascii: "}")) { return entries }
        repeat {
            skipSpace()
            let start = position
            guard next == UInt8(ascii: "\"") else { throw fault("an object needs a key in double quotes here") }
            let key = try string()
            guard keys.insert(key).inserted else {
                throw Fault(message: "the key \"\(key)\" is written twice", position: start)
            }
            guard take(UInt8(ascii: ":")) else { throw fault("a key needs \":\" after it") }
            entries.append(DataEntry(key: key, position: start, node: try value(depth: depth + 1)))
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "}")) else { throw fault("an object needs \",\" or \"}\" here") }
        return entries
    }
}

extension JSONDocument {
    private mutating func string() throws(Fault) -> String {
        index += 1
        var text: [UInt8] = []
        while let byte = next {
            switch byte {
            case UInt8(ascii: "\""):
                index += 1
                return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"):
                index += 1
                text += String(try escape()).utf8
            case 0..<0x20: throw fault("a control character in a string")
            default:
                text.append(byte)
                index += 1
            }
        }
        throw fault("a string has no end")
    }

    private mutating func escape() throws(Fault) -> Character {
        guard let byte = next else { throw fault("") }
        let simple: [UInt8: Character] = [
            UInt8(ascii: "\""): "\"", UInt8(ascii: "\\"): "\\", UInt8(ascii: "/"): "/", UInt8(ascii: "b"): "\u{8}",
            UInt8(ascii: "f"): "\u{c}", UInt8(ascii: "n"): "\n", UInt8(ascii: "r"): "\r", UInt8(ascii: "t"): "\t",
        ]
        index += 1
        if let character = simple[byte] { return character }
        guard byte == UInt8(ascii: "u") else { throw fault("an escape that JSON does not have") }
        let unit = try hexUnit()
        if let scalar = Unicode.Scalar(unit) { return Character(scalar) }
        guard unit < 0xdc00, next == UInt8(ascii: "\\") else { throw fault("half of a surrogate pair") }
        index += 1
        guard next == UInt8(ascii: "u") else { throw fault("half of a surrogate pair") }
        index += 1
        let low = try hexUnit()
        guard (0xdc00...0xdfff).contains(low),
            let scalar = Unicode.Scalar(0x10000 + (UInt32(unit) - 0xd800) << 10 + (UInt32(low) - 0xdc00))
        else { throw fault("half of a surrogate pair") }
        return Character(scalar)
    }

    private mutating func hexUnit() throws(Fault) -> UInt16 {
        var value: UInt16 = 0
        for _ in 0..<4 {
            guard let digit = next?.hexDigit else { throw fault("\\u needs four hexadecimal digits") }
            value = value << 4 | UInt16(digit)
            index += 1
        }
        return value
    }
}
