import Foundation

/// A request as a vendor sees it, free of the HTTP library: what the pure part of a vendor answers.
struct Question: Sendable {
    let method: String
    /// Decoded segments of the path, without the empty first one.
    let path: [String]
    let query: [String: String]
    /// Header fields with lower-case names; of repeated fields the last one.
    let headers: [String: String]
    let body: Data

    init(
        method: String, target: String, headers: [String: String] = [:], body: Data = Data()
    ) {
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        self.method = method
        path = (parts.first ?? "").split(separator: "/").map { Self.decode($0) }
        query = parts.count > 1 ? Self.parse(query: parts[1]) : [:]
        self.headers = headers
        self.body = body
    }

    private static func parse(query: Substring) -> [String: String] {
        var result: [String: String] = [:]
        for pair in query.split(separator: "&") {
            let halves = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let value = halves.count > 1 ? halves[1].replacing("+", with: " ") : ""
            result[decode(halves[0])] = decode(value[...])
        }
        return result
    }

    private static func decode(_ text: Substring) -> String {
        String(text).removingPercentEncoding ?? String(text)
    }
}
