/// Why no answer came from a provider.
///
/// `wasSent` decides whether a write may be repeated: false means that no byte of the request reached the network.
package struct ClientError: Error, Sendable, Equatable, CustomStringConvertible {
    package enum Reason: String, Sendable {
        /// The name did not resolve, or nobody listens there.
        case unreachable
        /// TLS could not be agreed on, or the certificate is not the provider's.
        case tls
        case timeout
        /// The connection ended before a whole answer had come.
        case closed
        /// The answer is not HTTP, or breaks its framing.
        case malformed
        /// The answer's body is larger than the cap.
        case tooLarge
    }

    package let reason: Reason
    package let wasSent: Bool
    /// For the log; holds no header and no body.
    package let detail: String

    package init(_ reason: Reason, wasSent: Bool, detail: String = "") {
        self.reason = reason
        self.wasSent = wasSent
        self.detail = detail
    }

    package var description: String { "\(reason.rawValue)\(detail.isEmpty ? "" : ": \(detail)")" }
}
