package import Inventory
package import Store
package import Wire

/// Whether an answer of a provider may be kept, and on which terms (RFC 9111, 3).
///
/// `Authorization` plays no part: the key that providers see is ours, and who may have an answer is told by the tenant in
/// the cache's key.
package enum CacheJudgement: Sendable {
    case keep(Terms)
    case refuse(CacheRefusal)

    package struct Terms: Sendable {
        package let freshness: Freshness
        /// Names of request fields that choose between answers.
        package let vary: [FieldName]
        /// The provider's validators.
        package let etag: String?
        package let lastModified: String?
    }

    /// Answers that say how something is, and not how this one request went.
    private static let statuses: Set<Int> = [200, 203, 204, 300, 301, 308]
    private static let mostVary = 16

    package static func of(
        _ head: ResponseHead, _ rules: CacheRules, asked: Int64, arrived: Int64, now: Timestamp
    ) -> CacheJudgement {
        guard statuses.contains(head.status) else { return .refuse(.status) }
        return of(head.fields, rules, asked: asked, arrived: arrived, now: now)
    }

    /// As above, for fields whose status needs no look: those of a kept answer that a 304 has brought up to date.
    static func of(
        _ fields: FieldList, _ rules: CacheRules, asked: Int64, arrived: Int64, now: Timestamp
    ) -> CacheJudgement {
        let directives = CacheDirectives(fields)
        if directives.noStore { return .refuse(.noStore) }
        if directives.isPrivate { return .refuse(.isPrivate) }
        if fields.contains(.setCookie) { return .refuse(.cookie) }
        guard let vary = names(fields, rules) else { return .refuse(.vary) }
        let freshness = Freshness(fields, directives, rules, asked: asked, arrived: arrived, now: now)
        let terms = Terms(freshness: freshness, vary: vary, etag: fields[.etag], lastModified: fields[.lastModified])
        let isOfUse =
            freshness.fresh > 0 || freshness.staleIfError > 0 || freshness.staleWhileRevalidate > 0
            || terms.etag != nil || terms.lastModified != nil
        return isOfUse ? .keep(terms) : .refuse(.useless)
    }

    /// The names that choose, sorted; nil when the answer depends on more than fields, or on too many.
    private static func names(_ fields: FieldList, _ rules: CacheRules) -> [FieldName]? {
        var names = Set(rules.vary)
        for line in fields.values(.vary) {
            for part in line.split(separator: ",") {
                let name = part.withoutSpace.lowercased()
                if name == "*" { return nil }
                if !name.isEmpty { names.insert(name) }
            }
        }
        // A coding that the next caller may not understand, whether or not the provider says so.
        if fields.contains(.contentEncoding) { names.insert(FieldName.acceptEncoding.lowercased) }
        guard names.count <= mostVary else { return nil }
        let known = names.sorted().compactMap { FieldName($0) }
        return known.count == names.count ? known : nil
    }
}
