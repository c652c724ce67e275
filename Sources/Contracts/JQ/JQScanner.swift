/// Finds where a jq program ends inside other text, by its brackets, strings and comments.
struct JQScanner {
    enum Failure: Error {
        /// A bracket closes that was not opened, or another one was.
        case unbalanced(offset: Int)
        /// The text ends inside a bracket or string.
        case unfinished
    }

    private let bytes: [UInt8]
    /// Brackets that are open; a quote stands for a string, and a parenthesis above it for an interpolation in it.
    private var open: [UInt8] = []

    private init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The place of the `}` that closes the piece which begins at `start`.
    static func closingBrace(in bytes: [UInt8], from start: Int) throws(Failure) -> Int {
        var scanner = JQScanner(bytes)
        guard let place = try scanner.scan(from: start) else { throw Failure.unfinished }
        return place
    }

    /// Throws when the program's brackets and strings do not match.
    static func check(_ bytes: [UInt8]) throws(Failure) {
        var scanner = JQScanner(bytes)
        if let place = try scanner.scan(from: 0) { throw Failure.unbalanced(offset: place) }
        guard scanner.open.isEmpty else { throw Failure.unfinished }
    }

    /// The place of the first closing brace outside everything; nil when the text ends before one.
    private mutating func scan(from start: Int) throws(Failure) -> Int? {
        var place = start
        while place < bytes.count {
            let byte = bytes[place]
            if open.last == UInt8(ascii: "\"") {
                place += scanString(byte, at: place)
                continue
            }
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"):
                open.append(byte)
            case UInt8(ascii: "#"):
                while place < bytes.count, bytes[place] != UInt8(ascii: "\n") { place += 1 }
            case UInt8(ascii: "}") where open.isEmpty:
                return place
            case UInt8(ascii: ")"): try close(UInt8(ascii: "("), at: place)
            case UInt8(ascii: "]"): try close(UInt8(ascii: "["), at: place)
            case UInt8(ascii: "}"): try close(UInt8(ascii: "{"), at: place)
            default: break
            }
            place += 1
        }
        return nil
    }

    /// Handles one character of a string; returns how many bytes it took.
    private mutating func scanString(_ byte: UInt8, at place: Int) -> Int {
        switch byte {
        case UInt8(ascii: "\""):
            open.removeLast()
            return 1
        case UInt8(ascii: "\\"):
            if place + 1 < bytes.count, bytes[place + 1] == UInt8(ascii: "(") { open.append(UInt8(ascii: "(")) }
            return 2
        default:
            return 1
        }
    }

    private mutating func close(_ opener: UInt8, at place: Int) throws(Failure) {
        guard open.last == opener else { throw Failure.unbalanced(offset: place) }
        open.removeLast()
    }
}
