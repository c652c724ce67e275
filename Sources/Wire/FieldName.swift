/// The name of a header or trailer field: a token (RFC 9110, 5.6.2), compared without regard to case.
package struct FieldName: Sendable {
    /// As it is written on HTTP/1.1.
    package let text: String
    /// In small letters, as HTTP/2 writes it.
    package let lowercased: String
    let key: UInt32

    /// nil unless the text is a token of at most 256 bytes.
    package init?(_ text: String) {
        var text = text
        let made: (key: UInt32, isToken: Bool) = text.withUTF8 { bytes in
            let isToken = !bytes.isEmpty && bytes.count <= 256 && bytes.allSatisfy { Octet.isToken($0) }
            return (isToken ? FieldName.key(UnsafeRawBufferPointer(bytes)) : 0, isToken)
        }
        guard made.isToken else { return nil }
        self.text = text
        self.lowercased = text.lowercased()
        self.key = made.key
    }

    /// For names known to be tokens.
    private init(known text: String) {
        var copy = text
        self.text = text
        self.lowercased = text.lowercased()
        self.key = copy.withUTF8 { FieldName.key(UnsafeRawBufferPointer($0)) }
    }

    /// Length and three letters: differs for nearly all names in use, so that few need comparing byte by byte.
    @inline(__always)
    static func key(_ name: UnsafeRawBufferPointer) -> UInt32 {
        let count = name.count
        guard count > 0 else { return 0 }
        let first = UInt32(name[0] | 0x20)
        let middle = UInt32(name[count / 2] | 0x20)
        let last = UInt32(name[count - 1] | 0x20)
        return UInt32(truncatingIfNeeded: count) << 24 | first << 16 | middle << 8 | last
    }
}

extension FieldName: Hashable {
    package static func == (left: FieldName, right: FieldName) -> Bool {
        left.key == right.key && left.lowercased == right.lowercased
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(key)
    }
}

extension FieldName: CustomStringConvertible {
    package var description: String { text }
}

extension FieldName {
    package static let accept = FieldName(known: "Accept")
    package static let acceptEncoding = FieldName(known: "Accept-Encoding")
    package static let acceptLanguage = FieldName(known: "Accept-Language")
    package static let age = FieldName(known: "Age")
    package static let allow = FieldName(known: "Allow")
    package static let authorization = FieldName(known: "Authorization")
    package static let cacheControl = FieldName(known: "Cache-Control")
    package static let cacheStatus = FieldName(known: "Cache-Status")
    package static let connection = FieldName(known: "Connection")
    package static let contentEncoding = FieldName(known: "Content-Encoding")
    package static let contentLanguage = FieldName(known: "Content-Language")
    package static let contentLength = FieldName(known: "Content-Length")
    package static let contentSecurityPolicy = FieldName(known: "Content-Security-Policy")
    package static let contentType = FieldName(known: "Content-Type")
    package static let contentTypeOptions = FieldName(known: "X-Content-Type-Options")
    package static let cookie = FieldName(known: "Cookie")
    package static let date = FieldName(known: "Date")
    package static let etag = FieldName(known: "ETag")
    package static let expect = FieldName(known: "Expect")
    package static let expires = FieldName(known: "Expires")
    package static let footingRequest = FieldName(known: "X-Footing-Request")
    package static let host = FieldName(known: "Host")
    package static let idempotencyKey = FieldName(known: "Idempotency-Key")
    package static let idempotencyExpires = FieldName(known: "Idempotency-Expires")
    package static let idempotentReplayed = FieldName(known: "Idempotent-Replayed")
    package static let ifModifiedSince = FieldName(known: "If-Modified-Since")
    package static let ifNoneMatch = FieldName(known: "If-None-Match")
    package static let lastModified = FieldName(known: "Last-Modified")
    package static let location = FieldName(known: "Location")
    package static let proxyAuthorization = FieldName(known: "Proxy-Authorization")
    package static let rateLimit = FieldName(known: "RateLimit")
    package static let rateLimitPolicy = FieldName(known: "RateLimit-Policy")
    package static let requestID = FieldName(known: "X-Request-Id")
    package static let retryAfter = FieldName(known: "Retry-After")
    package static let webSocketKey = FieldName(known: "Sec-WebSocket-Key")
    package static let setCookie = FieldName(known: "Set-Cookie")
    package static let te = FieldName(known: "TE")
    package static let trailer = FieldName(known: "Trailer")
    package static let transferEncoding = FieldName(known: "Transfer-Encoding")
    package static let upgrade = FieldName(known: "Upgrade")
    package static let vary = FieldName(known: "Vary")
    package static let wwwAuthenticate = FieldName(known: "WWW-Authenticate")
}
