import Contracts
package import NIOCore
package import Store
package import Wire

/// A failure as it is told over HTTP: `application/problem+json` (RFC 9457).
package struct ProblemAnswer {
    package let head: ResponseHead
    package let body: ByteBuffer

    /// - Parameter limit: what the caller's limits say, where they were asked.
    package init(_ problem: Problem, requestID: String, limit: RateLimitNumbers? = nil) {
        body = ByteBuffer(bytes: problem.json(requestID: requestID).encoded())
        var fields = FieldList()
        fields.append(.contentType, "application/problem+json")
        fields.append(.cacheControl, "no-store")
        if let seconds = problem.retryAfterSeconds { fields.append(.retryAfter, String(seconds)) }
        if !problem.allowed.isEmpty { fields.append(.allow, problem.allowed.joined(separator: ", ")) }
        if problem.status == 401 { fields.append(.wwwAuthenticate, "Bearer realm=\"footing\"") }
        if let limit {
            fields.append(.rateLimit, limit.rateLimit)
            fields.append(.rateLimitPolicy, limit.policy)
        }
        MapAnswer.protect(&fields)
        fields.append(.requestID, requestID)
        head = ResponseHead(status: problem.status, fields: fields, length: .exactly(body.readableBytes))
    }
}
