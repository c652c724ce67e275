/// The fields of a head or trailer, read strictly, with what they say about the connection.
struct FieldSection {
    var fields = FieldList()
    var host: String?
    var contentLength: Int?
    var isChunked = false
    var expectsContinue = false
    var upgrade: String?
    var closes = false
    var keepsAlive = false
    var wantsUpgrade = false

    enum Kind {
        case request, response
        case trailers
    }

    /// - Parameters:
    ///   - bytes: whole lines, each with its CRLF, the empty line not included.
    ///   - spare: bytes to keep room for, so that fields can be added without moving the others.
    init(_ bytes: UnsafeRawBufferPointer, _ kind: Kind, limit: Int, spare: Int) throws(WireError) {
        var kept: [UInt8] = []
        kept.reserveCapacity(bytes.count + spare)
        kept.append(contentsOf: bytes)
        var entries: [FieldList.Entry] = []
        entries.reserveCapacity(16)
        var nominated: [String] = []
        var lineStart = 0
        var count = 0
        while lineStart < bytes.count {
            let line = try Line(bytes, from: lineStart)
            count += 1
            guard count <= limit else { throw WireError(431, "there are more than \(limit) fields") }
            let name = UnsafeRawBufferPointer(rebasing: bytes[lineStart..<line.nameEnd])
            let value = UnsafeRawBufferPointer(rebasing: bytes[line.valueStart..<line.valueEnd])
            if let special = ConnectionField.of(name) {
                try take(special, value, kind, &nominated)
            } else if kind != .trailers || !Self.isForbiddenInTrailers(name) {
                entries.append(
                    FieldList.Entry(
                        start: Int32(lineStart), nameLength: Int32(name.count), valueStart: Int32(line.valueStart),
                        valueEnd: Int32(line.valueEnd), end: Int32(line.end), key: FieldName.key(name)))
            }
            lineStart = line.end
        }
        fields = FieldList(bytes: kept, entries: entries)
        for name in nominated { drop(name) }
    }

    private mutating func take(
        _ field: ConnectionField, _ value: UnsafeRawBufferPointer, _ kind: Kind, _ nominated: inout [String]
    ) throws(WireError) {
        guard kind != .trailers else { throw WireError("a trailer holds a field that frames or routes a message") }
        switch field {
        case .host:
            guard kind == .request else { return }
            guard host == nil else { throw WireError("there is more than one Host field") }
            guard Self.isHost(value) else { throw WireError("the Host field is not a host") }
            host = String(decoding: value, as: UTF8.self)
        case .contentLength:
            guard let length = Self.number(value) else { throw WireError("Content-Length is not a number") }
            // A second field, even with the same number, is how requests are smuggled.
            guard contentLength == nil else { throw WireError("there is more than one Content-Length field") }
            contentLength = length
        case .transferEncoding:
            guard !isChunked, FieldList.equals(value, "chunked") else {
                throw WireError(kind == .request ? 501 : 502, "the transfer coding is not \"chunked\" alone")
            }
            isChunked = true
        case .expect:
            guard kind == .request else { return }
            guard FieldList.equals(value, "100-continue") else { throw WireError(417, "the expectation is unknown") }
            expectsContinue = true
        case .connection:
            try takeConnection(value, &nominated)
        case .upgrade:
            upgrade = String(decoding: value, as: UTF8.self).lowercased()
        case .te, .trailer, .other:
            break
        }
    }

    private mutating func takeConnection(
        _ value: UnsafeRawBufferPointer, _ nominated: inout [String]
    ) throws(WireError) {
        if FieldList.equals(value, "keep-alive") {
            keepsAlive = true
            return
        }
        for option in String(decoding: value, as: UTF8.self).lowercased().split(separator: ",") {
            switch Self.trimmed(option) {
            case "close": closes = true
            case "keep-alive": keepsAlive = true
            case "upgrade": wantsUpgrade = true
            case let name where FieldName(name) != nil: nominated.append(name)
            case "": break
            default: throw WireError("the Connection field is not a list of names")
            }
        }
    }

    private static func trimmed(_ text: Substring) -> String {
        let isSpace = { (letter: Character) in letter == " " || letter == "\t" }
        guard let first = text.firstIndex(where: { !isSpace($0) }),
            let last = text.lastIndex(where: { !isSpace($0) })
        else { return "" }
        return String(text[first...last])
    }

    /// A field that the sender declared to be of this connection alone.
    private mutating func drop(_ name: String) {
        if let name = FieldName(name) { fields.remove(name) }
    }

    /// One line: `name ":" OWS value OWS CRLF`.
    private struct Line {
        let nameEnd: Int
        let valueStart: Int
        let valueEnd: Int
        let end: Int

        @inline(__always)
        init(_ bytes: UnsafeRawBufferPointer, from start: Int) throws(WireError) {
            var index = start
            while index < bytes.count, Octet.isToken(bytes[index]) { index += 1 }
            guard index > start, index < bytes.count, bytes[index] == UInt8(ascii: ":") else {
                throw WireError(
                    Octet.isSpace(bytes[start])
                        ? "a field is folded over two lines" : "a field's name is not a token followed by a colon")
            }
            nameEnd = index
            index += 1
            while index < bytes.count, Octet.isSpace(bytes[index]) { index += 1 }
            valueStart = index
            while index + 8 <= bytes.count,
                Octet.areFieldValue(bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self))
            {
                index += 8
            }
            while index < bytes.count, Octet.isFieldValue(bytes[index]) { index += 1 }
            var last = index
            while last > valueStart, Octet.isSpace(bytes[last - 1]) { last -= 1 }
            valueEnd = last
            guard index + 1 < bytes.count, bytes[index] == Octet.cr, bytes[index + 1] == Octet.lf else {
                throw WireError("a field's value holds a control character")
            }
            end = index + 2
        }
    }

    private static func number(_ value: UnsafeRawBufferPointer) -> Int? {
        guard (1...18).contains(value.count) else { return nil }
        var number = 0
        for byte in value {
            guard Octet.isDigit(byte) else { return nil }
            number = number * 10 + Int(byte &- 0x30)
        }
        return number
    }

    /// `name [":" port]` or `"[" IPv6 "]" [":" port]` (RFC 3986, 3.2.2), in letters that need no escapes.
    private static func isHost(_ value: UnsafeRawBufferPointer) -> Bool {
        guard (1...255).contains(value.count) else { return false }
        var index = 0
        if value[0] == UInt8(ascii: "[") {
            index = 1
            while index < value.count, isHexDigit(value[index]) || value[index] == 0x3A || value[index] == 0x2E {
                index += 1
            }
            guard index > 2, index < value.count, value[index] == UInt8(ascii: "]") else { return false }
            index += 1
        } else {
            while index < value.count, isNameByte(value[index]) { index += 1 }
            guard index > 0 else { return false }
        }
        guard index < value.count else { return true }
        guard value[index] == UInt8(ascii: ":"), (2...6).contains(value.count - index) else { return false }
        var port = 0
        for byte in value[(index + 1)...] {
            guard Octet.isDigit(byte) else { return false }
            port = port * 10 + Int(byte &- 0x30)
        }
        return port <= 65_535
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        Octet.isDigit(byte) || (byte | 0x20) &- 0x61 < 26 || byte == 0x2D || byte == 0x2E || byte == 0x5F
    }

    private static func isHexDigit(_ byte: UInt8) -> Bool {
        Octet.isDigit(byte) || (byte | 0x20) &- 0x61 < 6
    }

    /// Fields whose meaning must be known before the content (RFC 9110, 6.5.1): left out where a trailer holds them.
    private static func isForbiddenInTrailers(_ name: UnsafeRawBufferPointer) -> Bool {
        forbiddenInTrailers.contains { FieldList.equals(name, $0) }
    }

    private static let forbiddenInTrailers: [StaticString] = [
        "authorization", "cookie", "set-cookie", "content-type", "content-encoding", "content-range", "cache-control",
        "age", "expires", "date", "location", "retry-after", "vary", "warning", "range", "if-match", "if-none-match",
        "max-forwards", "www-authenticate", "idempotency-key",
    ]
}
