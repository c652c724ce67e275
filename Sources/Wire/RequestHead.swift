package import NIOCore

/// What a request says before its content.
package struct RequestHead: Sendable {
    package enum Version: Sendable, Equatable {
        case http1_0, http1_1, http2
    }

    package var version: Version
    /// In capitals.
    package var method: String
    /// Origin form: path and query, percent-encoded, beginning with `/`; or `*`.
    package var target: String
    /// `Host` or `:authority`; empty where HTTP/1.0 leaves it out.
    package var authority: String
    package var fields: FieldList
    package var length: BodyLength
    /// The caller waits for `100 Continue` before it sends its content (RFC 9110, 10.1.1).
    package var expectsContinue: Bool
    /// The protocol that the caller offers to speak from here on, in small letters; only `websocket` is ever passed on.
    package var upgrade: String?
    /// Whether the connection may carry another request.
    package var keepsAlive: Bool

    package init(
        version: Version = .http1_1, method: String, target: String, authority: String, fields: FieldList = FieldList(),
        length: BodyLength = .none, expectsContinue: Bool = false, upgrade: String? = nil, keepsAlive: Bool = true
    ) {
        self.version = version
        self.method = method
        self.target = target
        self.authority = authority
        self.fields = fields
        self.length = length
        self.expectsContinue = expectsContinue
        self.upgrade = upgrade
        self.keepsAlive = keepsAlive
    }

    /// Writes the head for HTTP/1.1 with its framing.
    ///
    /// - Parameters:
    ///   - prefix: a path, without a slash at its end, that goes before the target.
    ///   - authority: in place of the head's own.
    ///   - length: in place of the head's own.
    package func write(
        into buffer: inout ByteBuffer, prefix: String = "", authority: String? = nil, length: BodyLength? = nil
    ) {
        buffer.writeString(method)
        buffer.writeStaticString(" ")
        buffer.writeString(prefix)
        buffer.writeString(target)
        buffer.writeStaticString(" HTTP/1.1\r\nHost: ")
        buffer.writeString(authority ?? self.authority)
        buffer.writeStaticString("\r\n")
        fields.write(into: &buffer)
        switch length ?? self.length {
        case .none:
            // Servers may refuse these without a length (RFC 9110, 8.6).
            if method == "POST" || method == "PUT" || method == "PATCH" {
                buffer.writeStaticString("Content-Length: 0\r\n")
            }
        case .exactly(let count):
            buffer.writeStaticString("Content-Length: ")
            buffer.writeDecimal(count)
            buffer.writeStaticString("\r\n")
        case .streamed:
            buffer.writeStaticString("Transfer-Encoding: chunked\r\n")
        }
        if let upgrade {
            buffer.writeStaticString("Connection: Upgrade\r\nUpgrade: ")
            buffer.writeString(upgrade)
            buffer.writeStaticString("\r\n")
        }
        if expectsContinue { buffer.writeStaticString("Expect: 100-continue\r\n") }
        buffer.writeStaticString("\r\n")
    }
}

extension ByteBuffer {
    /// Writes a non-negative number in decimal digits.
    package mutating func writeDecimal(_ number: Int) {
        if number < 10 {
            writeInteger(UInt8(0x30 + max(number, 0)))
            return
        }
        var digits: (UInt64, UInt64, UInt64) = (0, 0, 0)
        withUnsafeMutableBytes(of: &digits) { all in
            var rest = number
            var index = all.count
            while rest > 0 {
                index -= 1
                all[index] = UInt8(0x30 + rest % 10)
                rest /= 10
            }
            writeBytes(UnsafeRawBufferPointer(rebasing: all[index...]))
        }
    }
}
