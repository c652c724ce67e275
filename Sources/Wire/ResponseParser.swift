package import NIOCore

/// A piece of an answer.
package enum ResponsePart: Sendable {
    /// Also announcements (1xx), which no `.end` follows; after 101 everything is `.content`.
    case head(ResponseHead)
    /// A slice of the input.
    case content(ByteBuffer)
    case end(FieldList?)
}

/// Reads answers of HTTP/1.1 from bytes, one for each `expect`, strictly in all that frames them (RFC 9112).
///
/// Once it has thrown, the connection cannot be read any further.
package struct ResponseParser: Sendable {
    private enum Phase {
        case idle
        case head
        case content
    }

    private let limits: WireLimits
    private var phase = Phase.idle
    private var scanner = HeadScanner()
    private var content = ContentReader.exactly(0)
    private var method = ""

    package init(limits: WireLimits = WireLimits()) {
        self.limits = limits
    }

    /// A request with this method was sent: its answer comes next.
    package mutating func expect(method: String) {
        self.method = method
        phase = .head
    }

    /// Whether no answer is expected.
    package var isIdle: Bool { phase == .idle }

    /// The next piece; nil when more bytes are needed. Bytes while no answer is expected are an error.
    package mutating func next(_ input: inout ByteBuffer) throws(WireError) -> ResponsePart? {
        switch phase {
        case .idle:
            guard input.readableBytes == 0 else { throw WireError(502, "bytes came that nobody asked for") }
            return nil
        case .head:
            return try head(&input)
        case .content:
            switch try content.next(&input) {
            case .content(let piece):
                return .content(piece)
            case .end(let trailers):
                phase = .idle
                return .end(trailers)
            case nil:
                return nil
            }
        }
    }

    /// The connection has ended: the end of an answer that lasts until then; throws where an answer is cut off; nil while none is expected.
    package mutating func ended() throws(WireError) -> ResponsePart? {
        defer { phase = .idle }
        switch phase {
        case .idle: return nil
        case .content where content.mayEndHere: return .end(nil)
        case .head, .content: throw WireError(502, "the connection ended within the answer")
        }
    }

    private mutating func head(_ input: inout ByteBuffer) throws(WireError) -> ResponsePart? {
        guard let length = try scanner.length(in: input, limit: limits.head) else {
            try Self.checkBeginning(input)
            return nil
        }
        let limits = limits
        let result = input.withUnsafeReadableBytes { bytes in
            Result { () throws(WireError) in
                try Self.read(UnsafeRawBufferPointer(rebasing: bytes[..<length]), limits)
            }
        }
        let (status, section, isHTTP1_1) = try result.get()
        input.moveReaderIndex(forwardBy: length)
        var head = ResponseHead(
            status: status, fields: section.fields, keepsAlive: !section.closes && (isHTTP1_1 || section.keepsAlive))
        if section.isChunked, section.contentLength != nil {
            throw WireError(502, "there are both Content-Length and Transfer-Encoding")
        }
        head.length = section.contentLength.map { .exactly($0) } ?? .none
        if status == 101 {
            guard section.wantsUpgrade, let upgrade = section.upgrade else {
                throw WireError(502, "the answer switches to no protocol")
            }
            guard upgrade == "websocket" else { throw WireError(502, "the answer switches to an unknown protocol") }
            phase = .content
            content = .untilClose
            head.keepsAlive = false
            return .head(head)
        }
        guard status >= 200 else { return .head(head) }
        phase = .content
        if section.isChunked { head.length = .streamed }
        if !ResponseHead.hasContent(status: status, method: method) {
            content = .exactly(0)
        } else if section.isChunked {
            content = .chunks(limits)
        } else if let count = section.contentLength {
            content = .exactly(count)
        } else {
            content = .untilClose
            head.length = .streamed
            head.keepsAlive = false
        }
        return .head(head)
    }

    /// Garbage is found out before a whole head has come.
    private static func checkBeginning(_ input: ByteBuffer) throws(WireError) {
        let begins = input.withUnsafeReadableBytes { bytes in zip(bytes, "HTTP/1.".utf8).allSatisfy { $0 == $1 } }
        guard begins else { throw WireError(502, "the answer is not HTTP/1") }
    }

    private static func read(
        _ bytes: UnsafeRawBufferPointer, _ limits: WireLimits
    ) throws(WireError) -> (status: Int, FieldSection, isHTTP1_1: Bool) {
        // HTTP/1.x SP 3DIGIT [SP reason] CRLF
        guard bytes.count >= 14, UnsafeRawBufferPointer(rebasing: bytes[..<7]).elementsEqual("HTTP/1.".utf8),
            bytes[7] == UInt8(ascii: "0") || bytes[7] == UInt8(ascii: "1"), bytes[8] == 0x20,
            Octet.isDigit(bytes[9]), Octet.isDigit(bytes[10]), Octet.isDigit(bytes[11]),
            bytes[12] == 0x20 || bytes[12] == Octet.cr
        else { throw WireError(502, "the answer has no status line") }
        let status = Int(bytes[9] &- 0x30) * 100 + Int(bytes[10] &- 0x30) * 10 + Int(bytes[11] &- 0x30)
        guard (100...599).contains(status) else { throw WireError(502, "the status is not between 100 and 599") }
        var end = 12
        while end < bytes.count, bytes[end] != Octet.cr {
            guard Octet.isFieldValue(bytes[end]) else {
                throw WireError(502, "the status line holds a control character")
            }
            end += 1
        }
        guard end + 1 < bytes.count, bytes[end + 1] == Octet.lf else {
            throw WireError(502, "the status line does not end with CRLF")
        }
        let section = try FieldSection(
            UnsafeRawBufferPointer(rebasing: bytes[(end + 2)..<(bytes.count - 2)]), .response, limit: limits.fields,
            spare: 256)
        return (status, section, bytes[7] == UInt8(ascii: "1"))
    }
}
