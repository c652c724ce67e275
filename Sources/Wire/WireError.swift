/// Why bytes are not an HTTP message that may be acted on.
package struct WireError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The status that answers a request of this kind: 400, 405, 413, 414, 417, 431, 501 or 505.
    package let status: Int
    /// For the log and for the author of the client; quotes nothing of the message.
    package let reason: String

    package init(_ reason: String) {
        self.init(400, reason)
    }

    package init(_ status: Int, _ reason: String) {
        self.status = status
        self.reason = reason
    }

    package var description: String { reason }
}

/// What a message may take up before it is refused.
package struct WireLimits: Sendable {
    /// Bytes of the request or status line and all fields.
    package var head = 32 << 10
    package var fields = 100
    /// Bytes of a request's target.
    package var target = 8 << 10
    /// Bytes of trailer fields.
    package var trailers = 8 << 10

    package init() {}
}
