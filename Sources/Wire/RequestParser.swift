package import NIOCore

/// A piece of a request.
package enum RequestPart: Sendable {
    case head(RequestHead)
    /// A slice of the input.
    case content(ByteBuffer)
    case end(FieldList?)
}

/// Reads requests of HTTP/1.1 from bytes, one after the other, strictly (RFC 9112): what two servers could read in two ways is refused.
///
/// Refused are: bare line feeds and control characters, folded fields, both `Content-Length` and `Transfer-Encoding` or either twice,
/// codings other than `chunked`, a missing or second `Host`, targets that are not in origin form. Once it has thrown, the connection
/// cannot be read any further.
package struct RequestParser: Sendable {
    private enum Phase {
        case head
        case content
    }

    private let limits: WireLimits
    private var phase = Phase.head
    private var scanner = HeadScanner()
    /// Whether a byte of the head has been seen, an empty line before it aside.
    private var isBegun = false
    private var content = ContentReader.exactly(0)

    package init(limits: WireLimits = WireLimits()) {
        self.limits = limits
    }

    /// Whether the next byte begins a request.
    package var isBetweenRequests: Bool { phase == .head }

    /// The next piece; nil when more bytes are needed. After `.end` the next call begins with the next request.
    package mutating func next(_ input: inout ByteBuffer) throws(WireError) -> RequestPart? {
        switch phase {
        case .head:
            return try head(&input)
        case .content:
            switch try content.next(&input) {
            case .content(let piece):
                return .content(piece)
            case .end(let trailers):
                phase = .head
                return .end(trailers)
            case nil:
                return nil
            }
        }
    }

    private mutating func head(_ input: inout ByteBuffer) throws(WireError) -> RequestPart? {
        // One empty line before a request is forgiven (RFC 9112, 2.2), in however many pieces it comes.
        if !isBegun {
            guard let first = input.getInteger(at: input.readerIndex, as: UInt8.self) else { return nil }
            if first == Octet.cr {
                guard let two = input.getInteger(at: input.readerIndex, as: UInt16.self) else { return nil }
                if two == 0x0D0A { input.moveReaderIndex(forwardBy: 2) }
            }
            isBegun = true
        }
        guard let length = try scanner.length(in: input, limit: limits.head) else { return nil }
        isBegun = false
        let limits = limits
        let result = input.withUnsafeReadableBytes { bytes in
            Result { () throws(WireError) in
                try Self.read(UnsafeRawBufferPointer(rebasing: bytes[..<length]), limits)
            }
        }
        let head = try result.get()
        input.moveReaderIndex(forwardBy: length)
        phase = .content
        content = head.length.known.map { .exactly($0) } ?? .chunks(limits)
        return .head(head)
    }

    private static func read(_ bytes: UnsafeRawBufferPointer, _ limits: WireLimits) throws(WireError) -> RequestHead {
        let line = try RequestLine(bytes, targetLimit: limits.target)
        let section = try FieldSection(
            UnsafeRawBufferPointer(rebasing: bytes[line.end..<(bytes.count - 2)]), .request, limit: limits.fields,
            spare: 256)
        guard section.host != nil || line.version == .http1_0 else { throw WireError("the Host field is missing") }
        if section.isChunked {
            guard section.contentLength == nil else {
                throw WireError("there are both Content-Length and Transfer-Encoding")
            }
            guard line.version == .http1_1 else { throw WireError("HTTP/1.0 has no transfer codings") }
        }
        let length: BodyLength =
            section.isChunked ? .streamed : section.contentLength.map { $0 == 0 ? .none : .exactly($0) } ?? .none
        // CONNECT asks for a tunnel; TRACE gives back what it was sent, secrets too.
        guard line.method != "CONNECT", line.method != "TRACE" else { throw WireError(405, "the method is not served") }
        let isUpgrade =
            section.wantsUpgrade && section.upgrade == "websocket" && length == .none && line.method == "GET"
        guard !isUpgrade || section.fields.contains(.webSocketKey) else {
            throw WireError("there is no key for the WebSocket")
        }
        return RequestHead(
            version: line.version, method: line.method, target: line.target, authority: section.host ?? "",
            fields: section.fields, length: length,
            expectsContinue: section.expectsContinue && length != .none && line.version == .http1_1,
            upgrade: isUpgrade && line.version == .http1_1 ? "websocket" : nil,
            keepsAlive: !section.closes && (line.version == .http1_1 || section.keepsAlive))
    }
}

/// `method SP target SP HTTP/1.x CRLF`.
private struct RequestLine {
    let method: String
    let target: String
    let version: RequestHead.Version
    let end: Int

    init(_ bytes: UnsafeRawBufferPointer, targetLimit: Int) throws(WireError) {
        var index = 0
        while index < bytes.count, bytes[index] &- 0x41 < 26 || bytes[index] == 0x2D { index += 1 }
        guard (1...24).contains(index), bytes[index] == 0x20 else {
            throw WireError("the request does not begin with a method in capitals")
        }
        let name = UnsafeRawBufferPointer(rebasing: bytes[..<index])
        let targetStart = index + 1
        index = targetStart
        while index < bytes.count, bytes[index] > 0x20, bytes[index] < 0x7F, bytes[index] != UInt8(ascii: "#") {
            index += 1
        }
        guard index > targetStart, bytes[index] == 0x20 else {
            throw WireError("the target holds a character that must be percent-encoded")
        }
        guard index - targetStart <= targetLimit else {
            throw WireError(414, "the target is longer than \(targetLimit) bytes")
        }
        let text = UnsafeRawBufferPointer(rebasing: bytes[targetStart..<index])
        method = String(decoding: name, as: UTF8.self)
        guard text[0] == UInt8(ascii: "/") || (text.count == 1 && text[0] == UInt8(ascii: "*") && method == "OPTIONS")
        else { throw WireError("the target is not a path on this server") }
        target = String(decoding: text, as: UTF8.self)
        let versionStart = index + 1
        guard versionStart + 10 <= bytes.count, bytes[versionStart + 8] == Octet.cr,
            bytes[versionStart + 9] == Octet.lf,
            UnsafeRawBufferPointer(rebasing: bytes[versionStart..<versionStart + 5]).elementsEqual("HTTP/".utf8),
            Octet.isDigit(bytes[versionStart + 5]), bytes[versionStart + 6] == UInt8(ascii: "."),
            Octet.isDigit(bytes[versionStart + 7])
        else { throw WireError("the request line does not end with an HTTP version") }
        switch (bytes[versionStart + 5], bytes[versionStart + 7]) {
        case (UInt8(ascii: "1"), UInt8(ascii: "1")): version = .http1_1
        case (UInt8(ascii: "1"), UInt8(ascii: "0")): version = .http1_0
        default: throw WireError(505, "the HTTP version is not 1.0 or 1.1")
        }
        end = versionStart + 10
    }
}
