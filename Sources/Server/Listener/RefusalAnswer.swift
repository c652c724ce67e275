import Contracts
import NIOCore
import Store
import Wire

/// The problem that answers what cannot be taken for a request.
enum RefusalAnswer {
    /// Head and content, fit for any protocol.
    static func make(_ error: WireError) -> (ResponseHead, ByteBuffer) {
        let content = ByteBuffer(bytes: problem(error).json().encoded())
        var fields: FieldList = [.contentType: "application/problem+json", .cacheControl: "no-store"]
        if error.status == 405 { fields.append(.allow, "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS") }
        if error.status == 503 { fields.append(.retryAfter, "1") }
        return (
            ResponseHead(status: error.status, fields: fields, length: .exactly(content.readableBytes)), content
        )
    }

    static func problem(_ error: WireError) -> Problem {
        let (code, title, detail): (String, String, String) =
            switch error.status {
            case 408: ("request_late", "The request did not come in time", "The request took too long to arrive.")
            case 413: ("content_too_large", "The request is too large", "That is more than can be sent at once.")
            case 414: ("target_too_long", "The address is too long", "The address of the request is too long.")
            case 417: ("expectation_unknown", "The expectation is unknown", "The request cannot be used.")
            case 431: ("fields_too_large", "The request's head is too large", "The request's head is too large.")
            case 501: ("coding_unknown", "The transfer coding is unknown", "The request cannot be used.")
            case 503: ("server_busy", "Too many connections", "The server is busy. Please try again in a moment.")
            case 505: ("version_unknown", "The HTTP version is unknown", "The request cannot be used.")
            default: ("request_malformed", "The request is not valid HTTP", "The request cannot be used.")
            }
        return Problem(
            code, source: error.status == 503 ? .footing : .caller, status: error.status, title: title, detail: detail,
            isRetryable: error.status == 503 || error.status == 408,
            retryAfter: error.status == 503 ? .seconds(1) : nil,
            advice: error.reason)
    }

    static let busy = WireError(503, "too many connections are open")
}
