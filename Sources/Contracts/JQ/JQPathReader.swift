/// Reads the text of a `JQPath`.
struct JQPathReader {
    private let bytes: [UInt8]
    private var place = 0

    init(_ text: String) {
        bytes = Array(text.utf8)
    }

    /// The steps; nil when the text is anything but a path.
    mutating func read() -> [JQPath.Step]? {
        var steps: [JQPath.Step] = []
        skipSpace()
        guard next == UInt8(ascii: ".") else { return nil }
        if place + 1 < bytes.count, bytes[place + 1] == UInt8(ascii: "[") { place += 1 }
        while let byte = next {
            switch byte {
            case UInt8(ascii: "."):
                place += 1
                if next == UInt8(ascii: "[") { continue }
                guard let name = readName() else {
                    return steps.isEmpty && isAtEnd() ? [] : nil
                }
                steps.append(.member(name))
            case UInt8(ascii: "["):
                guard let step = readBracket() else { return nil }
                steps.append(step)
            default:
                return isAtEnd() ? steps : nil
            }
        }
        return steps
    }

    private var next: UInt8? {
        place < bytes.count ? bytes[place] : nil
    }

    private mutating func readName() -> String? {
        if next == UInt8(ascii: "\"") { return readString() }
        let start = place
        while let byte = next, isLetter(byte) || (place > start && isDigit(byte)) { place += 1 }
        return place > start ? String(decoding: bytes[start..<place], as: UTF8.self) : nil
    }

    private mutating func readBracket() -> JQPath.Step? {
        place += 1
        let step: JQPath.Step
        if next == UInt8(ascii: "\"") {
            guard let name = readString() else { return nil }
            step = .member(name)
        } else {
            guard let index = readIndex() else { return nil }
            step = .element(index)
        }
        guard next == UInt8(ascii: "]") else { return nil }
        place += 1
        return step
    }

    private mutating func readIndex() -> Int? {
        let start = place
        if next == UInt8(ascii: "-") { place += 1 }
        while let byte = next, isDigit(byte) { place += 1 }
        return Int(String(decoding: bytes[start..<place], as: UTF8.self))
    }

    /// A string without escapes; one with escapes is left to jq.
    private mutating func readString() -> String? {
        place += 1
        let start = place
        while let byte = next, byte != UInt8(ascii: "\"") {
            guard byte != UInt8(ascii: "\\") else { return nil }
            place += 1
        }
        guard next != nil else { return nil }
        place += 1
        return String(decoding: bytes[start..<place - 1], as: UTF8.self)
    }

    private mutating func isAtEnd() -> Bool {
        skipSpace()
        return next == nil
    }

    private mutating func skipSpace() {
        while let byte = next, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D { place += 1 }
    }

    private func isLetter(_ byte: UInt8) -> Bool {
        (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A) || byte == UInt8(ascii: "_")
    }

    private func isDigit(_ byte: UInt8) -> Bool {
        byte >= 0x30 && byte <= 0x39
    }
}
