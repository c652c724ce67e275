/// Takes a list of directives apart: `name`, `name=token` and `name="quoted"`, separated by commas.
struct DirectiveScanner {
    struct Directive {
        /// In small letters.
        let name: String
        let argument: String?
    }

    private let bytes: [UInt8]
    private var position = 0
    /// A quotation did not end.
    private(set) var isBroken = false

    init(_ text: String) {
        bytes = Array(text.utf8)
    }

    /// nil at the end of the list.
    mutating func next() -> Directive? {
        while position < bytes.count, isSpace(bytes[position]) || bytes[position] == UInt8(ascii: ",") { position += 1 }
        guard position < bytes.count else { return nil }
        let name = word().lowercased()
        skipSpace()
        var argument: String?
        if position < bytes.count, bytes[position] == UInt8(ascii: "=") {
            position += 1
            skipSpace()
            argument = position < bytes.count && bytes[position] == UInt8(ascii: "\"") ? quotation() : word()
        }
        // Whatever stands between here and the comma belongs to no form that is known.
        while position < bytes.count, bytes[position] != UInt8(ascii: ",") {
            if bytes[position] == UInt8(ascii: "\"") { _ = quotation() } else { position += 1 }
        }
        return Directive(name: name, argument: argument)
    }

    private mutating func word() -> String {
        let start = position
        while position < bytes.count, !isSpace(bytes[position]), !",=\"".utf8.contains(bytes[position]) {
            position += 1
        }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private mutating func quotation() -> String {
        position += 1
        var text: [UInt8] = []
        while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
            if bytes[position] == UInt8(ascii: "\\") { position += 1 }
            if position < bytes.count { text.append(bytes[position]) }
            position += 1
        }
        if position < bytes.count { position += 1 } else { isBroken = true }
        return String(decoding: text, as: UTF8.self)
    }

    private mutating func skipSpace() {
        while position < bytes.count, isSpace(bytes[position]) { position += 1 }
    }

    private func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09
    }
}
