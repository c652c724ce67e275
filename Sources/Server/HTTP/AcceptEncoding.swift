/// The request header that names the content codings a client takes (RFC 9110, 12.5.3).
enum AcceptEncoding {
    /// Whether gzip may be sent: named, or covered by `*`, and not with the weight 0.
    static func allowsGzip(_ header: String?) -> Bool {
        var byWildcard = false
        for element in (header ?? "").split(separator: ",") {
            let parts = element.split(separator: ";").map { $0.filter { $0 != " " && $0 != "\t" }.lowercased() }
            let isAllowed = !parts.dropFirst().contains { $0.hasPrefix("q=") && (Double($0.dropFirst(2)) ?? 0) <= 0 }
            switch parts.first {
            case "gzip", "x-gzip": return isAllowed
            case "*": byWildcard = isAllowed
            default: continue
            }
        }
        return byWildcard
    }
}
