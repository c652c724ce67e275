package import Contracts
package import Inventory
package import Wire

/// A call as the cache sees it: what it is kept under, what its answer may depend on, and what the caller wishes.
package struct CacheRequest: Sendable {
    let key: CacheKey
    let rules: CacheRules
    /// As they go to the provider, before the secret is put in.
    let fields: FieldList
    let isHead: Bool
    /// Whether the caller wants a part, or sets conditions that only the provider can check; or wants nothing kept.
    let isApart: Bool
    private let directives: CacheDirectives

    /// A key with more than this in its body is not worth its memory.
    private static let longestBody = 4 << 10
    private static let apart = ["Range", "If-Range", "If-Match", "If-Unmodified-Since"].compactMap { FieldName($0) }
    private static let pragma = FieldName("Pragma")

    /// nil when calls of this form are never kept.
    ///
    /// - Parameters:
    ///   - path: percent-encoded, below the provider's base path, without query.
    ///   - fields: as they go to the provider, before the secret is put in and without the caller's token.
    ///   - input: the whole input of a typed call; nil for the pass-through.
    package init?(
        _ rules: CacheRules, provider: String, tenant: String, method: String, path: String, query: String?,
        fields: FieldList, input: JSONValue? = nil
    ) {
        isHead = method == "HEAD"
        guard isHead || method == "GET" || (method == "POST" && input != nil) else { return nil }
        let body = input?["body"].map { CanonicalText.json($0) } ?? []
        guard body.count <= Self.longestBody else { return nil }
        key = CacheKey(
            place: CachePlace(provider: provider, path: path), tenant: rules.scope == .tenant ? tenant : nil,
            isTyped: input != nil, method: isHead ? "GET" : method, query: CanonicalText.query(query), body: body)
        self.rules = rules
        self.fields = fields
        var directives = CacheDirectives()
        if fields.contains(.cacheControl) {
            directives = CacheDirectives(fields)
        } else if let pragma = Self.pragma, let text = fields[pragma], text.lowercased() == "no-cache" {
            directives = CacheDirectives([.cacheControl: "no-cache"])
        }
        self.directives = directives
        isApart = directives.noStore || Self.apart.contains { fields.contains($0) }
    }

    /// The caller takes what is kept only if the provider says that it still holds.
    var insists: Bool { directives.noCache }

    /// The caller would rather have no answer than wait for the provider.
    var wantsOnlyKept: Bool { directives.onlyIfCached }

    /// Whether the caller takes an answer of this age that is fresh for so long yet, both in nanoseconds (RFC 9111, 5.2.1).
    func takes(age: Int64, freshFor rest: Int64) -> Bool {
        if directives.noCache { return false }
        if let most = directives.maxAge.nanoseconds, age > most { return false }
        if let least = directives.minFresh.nanoseconds, rest < least { return false }
        return true
    }
}
