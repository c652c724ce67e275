package import NIOCore

/// What an answer says before its content.
package struct ResponseHead: Sendable {
    package var status: Int
    package var fields: FieldList
    /// As announced: an answer to HEAD announces a length and has no content.
    package var length: BodyLength
    /// Whether the sender's connection may carry another exchange.
    package var keepsAlive: Bool

    package init(status: Int, fields: FieldList = FieldList(), length: BodyLength = .none, keepsAlive: Bool = true) {
        self.status = status
        self.fields = fields
        self.length = length
        self.keepsAlive = keepsAlive
    }

    /// Whether an answer with this status to this method has content (RFC 9110, 6.4.1).
    package static func hasContent(status: Int, method: String) -> Bool {
        method != "HEAD" && status >= 200 && status != 204 && status != 304
    }

    /// How the content is delimited on an HTTP/1 connection.
    package enum Framing: Sendable {
        /// `Content-Length`, or nothing where the status has no content.
        case length
        case chunked
        /// HTTP/1.0: until the connection closes.
        case untilClose
        /// 101: the connection is another protocol's from here on.
        case upgrade(String)
    }

    /// Writes the head for HTTP/1.1 with its framing.
    package func write(into buffer: inout ByteBuffer, framing: Framing, keepsAlive: Bool) {
        if status == 200 {
            buffer.writeStaticString("HTTP/1.1 200 OK\r\n")
        } else {
            buffer.writeStaticString("HTTP/1.1 ")
            buffer.writeDecimal(status)
            buffer.writeStaticString(" ")
            buffer.writeString(StatusText.of(status))
            buffer.writeStaticString("\r\n")
        }
        fields.write(into: &buffer)
        switch framing {
        case .length:
            if case .exactly(let count) = length {
                buffer.writeStaticString("Content-Length: ")
                buffer.writeDecimal(count)
                buffer.writeStaticString("\r\n")
            } else if status >= 200, status != 204, status != 304 {
                buffer.writeStaticString("Content-Length: 0\r\n")
            }
        case .chunked:
            buffer.writeStaticString("Transfer-Encoding: chunked\r\n")
        case .untilClose:
            break
        case .upgrade(let name):
            buffer.writeStaticString("Connection: Upgrade\r\nUpgrade: ")
            buffer.writeString(name)
            buffer.writeStaticString("\r\n\r\n")
            return
        }
        if !keepsAlive { buffer.writeStaticString("Connection: close\r\n") }
        buffer.writeStaticString("\r\n")
    }
}

/// The words that stand behind a status code (RFC 9110, 15).
enum StatusText {
    static func of(_ status: Int) -> String {
        texts[status] ?? "Status"
    }

    private static let texts: [Int: String] = [
        100: "Continue", 101: "Switching Protocols", 200: "OK", 201: "Created", 202: "Accepted",
        203: "Non-Authoritative Information", 204: "No Content", 205: "Reset Content", 206: "Partial Content",
        207: "Multi-Status", 300: "Multiple Choices", 301: "Moved Permanently", 302: "Found", 303: "See Other",
        304: "Not Modified", 307: "Temporary Redirect", 308: "Permanent Redirect", 400: "Bad Request",
        401: "Unauthorized", 402: "Payment Required", 403: "Forbidden", 404: "Not Found", 405: "Method Not Allowed",
        406: "Not Acceptable", 408: "Request Timeout", 409: "Conflict", 410: "Gone", 411: "Length Required",
        412: "Precondition Failed", 413: "Content Too Large", 414: "URI Too Long", 415: "Unsupported Media Type",
        416: "Range Not Satisfiable", 417: "Expectation Failed", 421: "Misdirected Request",
        422: "Unprocessable Content", 425: "Too Early", 426: "Upgrade Required", 428: "Precondition Required",
        429: "Too Many Requests", 431: "Request Header Fields Too Large", 451: "Unavailable For Legal Reasons",
        499: "Client Closed Request", 500: "Internal Server Error", 501: "Not Implemented", 502: "Bad Gateway",
        503: "Service Unavailable", 504: "Gateway Timeout", 505: "HTTP Version Not Supported",
        507: "Insufficient Storage",
    ]
}
