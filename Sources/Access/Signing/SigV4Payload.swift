/// What an AWS signature says about a request's body: the text that stands for it in `x-amz-content-sha256`.
package enum SigV4Payload: Sendable, Hashable {
    /// The SHA-256 of the whole body, in lower-case hexadecimal digits.
    case digest(String)
    /// The body is not covered by the signature; S3 takes that.
    case unsigned
    /// The body comes in `aws-chunked` pieces with a checksum behind them, neither covered by the signature.
    case unsignedTrailer

    /// The body of a request without one.
    package static let empty = SigV4Payload.digest("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")

    /// Reads the `x-amz-content-sha256` of a caller.
    ///
    /// A digest that does not fit the body harms nobody: the service refuses the request. nil for a body whose pieces carry
    /// signatures of the caller's own key (`STREAMING-AWS4-HMAC-SHA256-PAYLOAD` and its like), which cannot be signed anew without
    /// rewriting it, and for anything unknown.
    package init?(field: String) {
        switch field {
        case Self.unsigned.text: self = .unsigned
        case Self.unsignedTrailer.text: self = .unsignedTrailer
        default:
            let isDigest =
                field.utf8.count == 64
                && field.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
            guard isDigest else { return nil }
            self = .digest(field)
        }
    }

    /// As it stands in the field and in the canonical request.
    package var text: String {
        switch self {
        case .digest(let digits): digits
        case .unsigned: "UNSIGNED-PAYLOAD"
        case .unsignedTrailer: "STREAMING-UNSIGNED-PAYLOAD-TRAILER"
        }
    }
}
