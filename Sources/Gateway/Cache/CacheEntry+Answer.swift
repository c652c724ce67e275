import NIOCore
import Wire

extension CacheEntry {
    /// The entry as one caller gets it.
    ///
    /// - Parameter status: nil when the provider was not asked for this caller.
    func answer(to request: CacheRequest, at now: Int64, status told: CacheStatus? = nil) -> CachedAnswer {
        let status = told ?? .hit(ttl: Self.seconds(rest(at: now)))
        let age = min(Self.seconds(age(at: now)), DeltaSeconds.most)
        var fields = fields
        // A 304 is for callers that speak HTTP; a typed call wants its value.
        let isKnown =
            self.status == 200 && !request.key.isTyped
            && CacheConditions.isNotModified(request.fields, fields)
        if isKnown { fields.keep { !Self.describesContent($0) } }
        if told == nil || age > 0 { fields.append(.age, String(age)) }
        fields.append(.cacheStatus, status.text)
        let head = ResponseHead(
            status: isKnown ? 304 : self.status, fields: fields,
            length: isKnown || self.status == 204 ? .none : .exactly(body.readableBytes))
        return CachedAnswer(head: head, body: isKnown || request.isHead ? ByteBuffer() : body, status: status)
    }

    /// Rounded towards minus infinity, so that what has just become stale has a negative time to live.
    static func seconds(_ nanoseconds: Int64) -> Int64 {
        let second: Int64 = 1_000_000_000
        return nanoseconds >= 0 ? nanoseconds / second : (nanoseconds - second + 1) / second
    }

    private static func describesContent(_ name: UnsafeRawBufferPointer) -> Bool {
        name.count > 8 && FieldList.equals(UnsafeRawBufferPointer(rebasing: name[..<8]), "content-")
    }
}
