import Inventory
import NIOCore
import Store
import Wire

/// An answer that is kept, for one choice of the request fields it depends on.
struct CacheEntry: Sendable {
    /// A request field that chooses, and what it was; nil: absent.
    struct Choice: Sendable {
        let name: FieldName
        let value: String?
    }

    let choices: [Choice]
    let status: Int
    /// As callers shall see them, without `Age` and `Cache-Status`.
    let fields: FieldList
    let body: ByteBuffer
    /// The provider's validators.
    let etag: String?
    let lastModified: String?
    let freshness: Freshness
    /// Uptime in nanoseconds when the answer came.
    let arrived: Int64

    /// Takes over only what is needed: slices would keep the whole buffers they came in.
    init(
        _ terms: CacheJudgement.Terms, request: FieldList, status: Int, fields: FieldList, body: ByteBuffer,
        arrived: Int64
    ) {
        choices = terms.vary.map { Choice(name: $0, value: Self.value($0, in: request)) }
        self.status = status
        self.fields = Self.kept(fields)
        self.body = ByteBuffer(bytes: body.readableBytesView)
        etag = terms.etag
        lastModified = terms.lastModified
        freshness = terms.freshness
        self.arrived = arrived
    }

    private init(_ old: CacheEntry, _ terms: CacheJudgement.Terms, fields: FieldList, arrived: Int64) {
        choices = old.choices
        status = old.status
        self.fields = fields
        body = old.body
        etag = terms.etag ?? old.etag
        lastModified = terms.lastModified ?? old.lastModified
        freshness = terms.freshness
        self.arrived = arrived
    }

    /// Memory it takes, nearly.
    var size: Int { 512 + body.readableBytes + fields.count * 64 + choices.count * 64 }

    var hasValidator: Bool { etag != nil || lastModified != nil }

    func age(at now: Int64) -> Int64 { freshness.age + max(0, now - arrived) }

    /// How long it is fresh yet; negative once it is stale.
    func rest(at now: Int64) -> Int64 { arrived + freshness.fresh - now }

    /// Whether a request would have got this answer, as far as its fields are concerned.
    func suits(_ request: FieldList) -> Bool {
        choices.allSatisfy { $0.value == Self.value($0.name, in: request) }
    }

    /// The entry after the provider said that it still holds (RFC 9111, 4.3.4): with the fields of the 304, and its times.
    ///
    /// nil when the provider no longer wants it kept, or speaks of another answer.
    func refreshed(by head: FieldList, _ rules: CacheRules, asked: Int64, arrived: Int64, now: Timestamp) -> CacheEntry?
    {
        if let new = head[.etag], let etag, CacheConditions.opaque(new[...]) != CacheConditions.opaque(etag[...]) {
            return nil
        }
        var merged = fields
        for name in Self.refreshed where head.contains(name) {
            merged.remove(name)
            for value in head.values(name) { merged.append(name, value) }
        }
        var judged = merged
        // Fields that callers do not see, but that tell how old the 304 is.
        judged.remove(.age)
        if let age = head[.age] { judged.append(.age, age) }
        if head.contains(.setCookie) { judged.append(.setCookie, "") }
        guard case .keep(let terms) = CacheJudgement.of(judged, rules, asked: asked, arrived: arrived, now: now),
            terms.vary.allSatisfy({ name in choices.contains { $0.name == name } })
        else { return nil }
        return CacheEntry(self, terms, fields: merged, arrived: arrived)
    }

    /// What a field says, however it is split into lines and spaced; nil when it is absent (RFC 9111, 4.1).
    static func value(_ name: FieldName, in fields: FieldList) -> String? {
        let lines = fields.values(name)
        guard let first = lines.first else { return nil }
        if lines.count == 1, !first.utf8.contains(where: { $0 == UInt8(ascii: ",") }) { return first }
        return lines.flatMap { $0.split(separator: ",") }.map(\.withoutSpace).joined(separator: ",")
    }

    private static let refreshed: [FieldName] = [.cacheControl, .date, .etag, .expires, .lastModified, .vary]

    private static func kept(_ fields: FieldList) -> FieldList {
        var kept = FieldList()
        fields.forEach { name, value in
            guard let name = FieldName(name), name != .age, name != .cacheStatus, name != .setCookie else { return }
            kept.append(name, value)
        }
        return kept
    }
}
