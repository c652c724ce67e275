/// Reads whether an operation's answers may be kept.
struct CacheReader {
    let reader: MapReader

    /// Fields that never reach a provider as the caller sent them, so that nothing can depend on them.
    private static let withheld: Set<String> = [
        "authorization", "cookie", "host", "idempotency-key", "origin", "proxy-authorization", "referer",
    ]

    func read(risk: Risk, method: String?) -> CacheRules? {
        guard let map = reader.map("cache") else { return nil }
        let lifetime = required(map)
        let rules = CacheRules(
            lifetime: lifetime ?? .zero, staleIfError: map.duration("stale_if_error") ?? .zero,
            staleWhileRevalidate: map.duration("stale_while_revalidate") ?? .zero, vary: vary(map),
            scope: map.choice("shared") ?? .tenant)
        map.finish()
        if risk != .read {
            reader.error("\(reader.title) is a \(risk.rawValue): only answers of reads can be kept", at: "cache")
        } else if let method, method != "GET", method != "POST" {
            reader.error("answers to \(method) cannot be kept", at: "cache", expected: "GET, or a POST that only reads")
        }
        return lifetime == nil ? nil : rules
    }

    private func required(_ map: MapReader) -> Duration? {
        guard map.has("for") else {
            _ = map.value("for", required: "a time such as \"60s\"")
            return nil
        }
        return map.duration("for", atMost: .seconds(30 * 86_400))
    }

    private func vary(_ map: MapReader) -> [String] {
        guard let field = map.value("vary") else { return [] }
        var names: Set<String> = []
        for item in field.items {
            guard let name = item.node.text?.lowercased(), Names.isHeader(name), name != "*" else {
                item.wrong(expected: "the name of a request field such as Accept-Language")
                continue
            }
            if Self.withheld.contains(name) {
                item.warning("\(item.label) never reaches the provider, so no answer depends on it")
            }
            names.insert(name)
        }
        return names.sorted()
    }
}
