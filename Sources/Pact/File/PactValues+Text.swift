import Inventory

extension PactValues {
    /// The parameters of a query string: `+` is a space, a broken escape stands for itself, empty parts are nothing.
    package init(query: String) {
        self.init()
        for part in query.split(separator: "&") {
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            add(PactValues.decoded(pair[0]), [pair.count > 1 ? PactValues.decoded(pair[1]) : ""])
        }
    }

    /// The query string; empty when there is no parameter.
    package var query: String {
        entries.flatMap { entry in
            entry.values.map { "\(PercentEncoding.encode(entry.name))=\(PercentEncoding.encode($0))" }
        }.joined(separator: "&")
    }

    private static func decoded(_ text: Substring) -> String {
        let spaced = text.utf8.map { $0 == UInt8(ascii: "+") ? UInt8(ascii: " ") : $0 }
        return PercentEncoding.decode(spaced) ?? String(text)
    }

    /// Fields that hold a list of values in one line (RFC 9110); only these are taken apart at commas.
    private static let lists: Set<String> = [
        "accept", "accept-encoding", "accept-language", "access-control-allow-headers",
        "access-control-allow-methods", "access-control-expose-headers", "access-control-request-headers", "allow",
        "cache-control", "if-match", "if-none-match", "vary",
    ]

    /// The values of a field written in one line.
    package static func fieldValues(_ name: String, _ value: String) -> [String] {
        guard lists.contains(name.lowercased()) else { return [value.trimmed] }
        return value.split(separator: ",", omittingEmptySubsequences: false).map { String($0).trimmed }
    }
}
