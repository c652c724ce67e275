import Inventory

/// Queries and forms: percent-encoded pairs in which `+` is a space (WHATWG URL, `application/x-www-form-urlencoded`).
package enum FormEncoding {
    /// The decoded pairs; nil if an escape is broken or the text is not UTF-8.
    package static func decode(query: String) -> [(name: String, value: String)]? {
        var pairs: [(name: String, value: String)] = []
        for part in query.utf8.split(separator: UInt8(ascii: "&")) {
            let halves = part.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = halves.first.flatMap(decode), let value = halves.count > 1 ? decode(halves[1]) : "" else {
                return nil
            }
            pairs.append((name, value))
        }
        return pairs
    }

    private static func decode(_ bytes: Substring.UTF8View) -> String? {
        PercentEncoding.decode(bytes.lazy.map { $0 == UInt8(ascii: "+") ? UInt8(ascii: " ") : $0 })
    }
}
