import Inventory

/// One look at every byte of a percent-encoded path: whether it may be matched and sent on.
///
/// Servers disagree about dots, encoded slashes and control characters, so that a path which holds them may mean one thing here and
/// another at the provider; such a path is refused. A part such as `..;x` counts as `..`, because some servers cut it off there.
enum PathScan {
    /// What is known about a path that may go on.
    enum Verdict: Equatable {
        /// Every byte stands for itself.
        case plain
        /// Some bytes are percent-escaped, all of them properly.
        case escaped
        case refused(PathFault)
    }

    /// - Parameter path: without query; empty stands for `/`.
    static func verdict(_ path: Span<UInt8>) -> Verdict {
        let count = path.count
        guard count > 0 else { return .plain }
        guard path[0] == slash else { return .refused(.noSlash) }
        var hasEscapes = false
        var dots = Dots()
        var index = 1
        while index < count {
            let start = index
            while index < count, isPlain(path[unchecked: index]) { index += 1 }
            if index > start { dots.other() }
            guard index < count else { break }
            let byte = path[index]
            switch byte {
            case slash:
                if dots.areSegment { return .refused(.dotSegment) }
                dots = Dots()
                index += 1
            case percent:
                hasEscapes = true
                guard let decoded = escape(path, at: index) else { return .refused(.brokenEscape) }
                if decoded >= 0x80 {
                    guard let next = endOfScalar(path, at: index) else { return .refused(.notUTF8) }
                    dots.other()
                    index = next
                    continue
                }
                if decoded < 0x20 || decoded == 0x7F { return .refused(.encodedControl) }
                if decoded == slash || decoded == backslash { return .refused(.encodedSlash) }
                if dots.take(decoded) { return .refused(.dotSegment) }
                index += 3
            case UInt8(ascii: "."), UInt8(ascii: ";"):
                if dots.take(byte) { return .refused(.dotSegment) }
                index += 1
            case backslash, UInt8(ascii: "?"), UInt8(ascii: "#"):
                return .refused(.delimiter)
            default:
                return .refused(.unusableByte)
            }
        }
        if dots.areSegment { return .refused(.dotSegment) }
        return hasEscapes ? .escaped : .plain
    }

    /// Whether a decoded value is a dot segment, alone or before a `;`.
    static func isDotSegment(_ path: Span<UInt8>, _ range: Range<Int>) -> Bool {
        var dots = Dots()
        var index = range.lowerBound
        while index < range.upperBound {
            let (byte, next) = decoded(path, at: index)
            if dots.take(byte) { return true }
            index = next
        }
        return dots.areSegment
    }

    /// The byte at a place of a path that was found proper, and the place behind it.
    @inline(__always)
    static func decoded(_ path: Span<UInt8>, at index: Int) -> (byte: UInt8, next: Int) {
        let byte = path[index]
        guard byte == percent, let value = escape(path, at: index) else { return (byte, index + 1) }
        return (value, index + 3)
    }

    static let slash = UInt8(ascii: "/")
    static let percent = UInt8(ascii: "%")
    private static let backslash = UInt8(ascii: "\\")

    /// Counts the dots that a segment begins with, for as long as it holds nothing else.
    private struct Dots {
        /// From 3 on: no dot segment, whatever follows.
        private var count = 0

        var areSegment: Bool { count == 1 || count == 2 }

        @inline(__always)
        mutating func other() { count = 3 }

        /// Takes a decoded byte; true when it ends a dot segment.
        mutating func take(_ byte: UInt8) -> Bool {
            switch byte {
            case UInt8(ascii: "."): count = min(count + 1, 3)
            case UInt8(ascii: ";"):
                if areSegment { return true }
                count = 3
            default: count = 3
            }
            return false
        }
    }

    /// Visible ASCII but `#`, `%`, `.`, `/`, `;`, `?` and `\`.
    @inline(__always)
    private static func isPlain(_ byte: UInt8) -> Bool {
        let bits: UInt64 = byte < 64 ? 0x77FF_3FD6_0000_0000 : byte < 128 ? 0x7FFF_FFFF_EFFF_FFFF : 0
        return bits &>> UInt64(byte) & 1 == 1
    }

    /// The byte that `%XX` stands for.
    private static func escape(_ path: Span<UInt8>, at index: Int) -> UInt8? {
        guard path.count - index >= 3, let high = path[index + 1].hexDigit, let low = path[index + 2].hexDigit else {
            return nil
        }
        return high << 4 | low
    }

    /// The place behind the escapes of one scalar beyond ASCII; nil when they are none (RFC 3629, section 4).
    private static func endOfScalar(_ path: Span<UInt8>, at start: Int) -> Int? {
        guard let lead = escape(path, at: start) else { return nil }
        let first: ClosedRange<UInt8>
        let more: Int
        switch lead {
        case 0xC2...0xDF: (first, more) = (0x80...0xBF, 1)
        case 0xE0: (first, more) = (0xA0...0xBF, 2)
        case 0xED: (first, more) = (0x80...0x9F, 2)
        case 0xE1...0xEF: (first, more) = (0x80...0xBF, 2)
        case 0xF0: (first, more) = (0x90...0xBF, 3)
        case 0xF4: (first, more) = (0x80...0x8F, 3)
        case 0xF1...0xF3: (first, more) = (0x80...0xBF, 3)
        default: return nil
        }
        var index = start + 3
        for number in 0..<more {
            guard index < path.count, path[index] == percent, let byte = escape(path, at: index),
                (number == 0 ? first : 0x80...0xBF).contains(byte)
            else { return nil }
            index += 3
        }
        return index
    }
}
