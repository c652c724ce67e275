/// Splits a text into plain parts and the jq programs in its `${ ... }` pieces.
enum InterpolationReader {
    enum Piece: Equatable {
        case text(String)
        case program(String)
    }

    struct Failure: Error {
        let message: String
    }

    /// The pieces in order, no two plain texts side by side and none empty.
    static func read(_ text: String) throws(Failure) -> [Piece] {
        let bytes = Array(text.utf8)
        var pieces: [Piece] = []
        var plain: [UInt8] = []
        var place = 0
        func begins(_ mark: StaticString, at place: Int) -> Bool {
            mark.withUTF8Buffer { bytes[place...].starts(with: $0) }
        }
        while place < bytes.count {
            if begins("$${", at: place) {
                plain += "${".utf8
                place += 3
            } else if begins("${", at: place) {
                if !plain.isEmpty { pieces.append(.text(String(decoding: plain, as: UTF8.self))) }
                plain = []
                let end = try closingBrace(in: bytes, from: place + 2)
                pieces.append(.program(trimmed(bytes[(place + 2)..<end])))
                place = end + 1
            } else {
                plain.append(bytes[place])
                place += 1
            }
        }
        if !plain.isEmpty { pieces.append(.text(String(decoding: plain, as: UTF8.self))) }
        return pieces
    }

    private static func closingBrace(in bytes: [UInt8], from start: Int) throws(Failure) -> Int {
        do throws(JQScanner.Failure) {
            return try JQScanner.closingBrace(in: bytes, from: start)
        } catch {
            switch error {
            case .unbalanced(let offset): throw Failure(message: "a bracket does not match at character \(offset + 1)")
            case .unfinished: throw Failure(message: "a ${ is not closed")
            }
        }
    }

    private static func trimmed(_ bytes: ArraySlice<UInt8>) -> String {
        let isSpace: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }
        var bytes = bytes.drop(while: isSpace)
        while let last = bytes.last, isSpace(last) { bytes.removeLast() }
        return String(decoding: bytes, as: UTF8.self)
    }
}
