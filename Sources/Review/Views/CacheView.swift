package import Contracts
package import Gateway

/// The cache as operators see it.
package enum CacheView {
    /// `{"entries","bytes","limits":{"entries","bytes","body"},"providers":[{"name","entries","bytes","hits",…}]}`; the
    /// counts are since the start of the process, those that hold most come first.
    package static func json(_ census: CacheCensus) -> JSONValue {
        let providers = census.providers.sorted { ($1.value.bytes, $0.key) < ($0.value.bytes, $1.key) }
        return [
            "entries": JSONValue(census.entries), "bytes": JSONValue(census.bytes),
            "limits": [
                "entries": JSONValue(census.bounds.entries), "bytes": JSONValue(census.bounds.bytes),
                "body": JSONValue(census.bounds.body),
            ],
            "providers": .array(
                providers.map { name, counts in
                    [
                        "name": .string(name), "entries": JSONValue(counts.entries), "bytes": JSONValue(counts.bytes),
                        "hits": JSONValue(counts.hits), "misses": JSONValue(counts.misses),
                        "collapsed": JSONValue(counts.collapsed), "revalidated": JSONValue(counts.revalidated),
                        "stale": JSONValue(counts.stale), "refused": JSONValue(counts.refused),
                    ]
                }),
        ]
    }
}
