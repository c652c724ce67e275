package import NIOCore
package import Wire

/// An answer that goes to a caller as it is: with `Age` and `Cache-Status`, and as 304 where the caller's condition says so.
package struct CachedAnswer: Sendable {
    package let head: ResponseHead
    /// Empty for HEAD and for 304.
    package let body: ByteBuffer
    package let status: CacheStatus
}

extension CachedAnswer {
    /// A provider's answer that is not kept.
    init(status: Int, fields: FieldList, body: ByteBuffer, _ told: CacheStatus) {
        var fields = fields
        fields.append(.cacheStatus, told.text)
        head = ResponseHead(status: status, fields: fields, length: .exactly(body.readableBytes))
        self.body = body
        self.status = told
    }
}
