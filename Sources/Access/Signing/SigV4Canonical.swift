import Inventory

/// The one way of writing a request that both sides of an AWS signature agree on.
///
/// Source: "Create a signed AWS API request", AWS General Reference.
enum SigV4Canonical {
    /// The path of a service that decodes its path once and signs it encoded twice: all but S3.
    ///
    /// - Parameter path: as it is sent, without dot segments.
    static func path(_ path: String) -> String {
        var parts = path.split(separator: "/").map { PercentEncoding.encode($0.utf8) }
        if path.hasSuffix("/") || parts.isEmpty { parts.append("") }
        return "/" + parts.joined(separator: "/")
    }

    /// The path of S3, where a key may hold empty parts: every byte is kept and encoded once.
    static func objectPath(_ path: String) -> String {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false).map { recoded($0.utf8) }
        let text = parts.joined(separator: "/")
        return text.hasPrefix("/") ? text : "/" + text
    }

    /// The query's pairs, encoded anew and in order.
    ///
    /// - Parameter query: as it is sent, without `?`; a `+` stands for a space, as services read it.
    static func query(_ query: String) -> String {
        let pairs = query.utf8.split(separator: UInt8(ascii: "&")).map { pair in
            let halves = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            let texts = halves.map { half in
                recoded(half.map { $0 == UInt8(ascii: "+") ? UInt8(ascii: " ") : $0 })
            }
            return (name: texts.first ?? "", value: texts.count > 1 ? texts[1] : "")
        }
        return pairs.sorted { ($0.name, $0.value) < ($1.name, $1.value) }
            .map { "\($0.name)=\($0.value)" }.joined(separator: "&")
    }

    /// A field's value without spaces at its ends and with single ones inside.
    static func value(_ text: String) -> String {
        text.utf8.split { $0 == 0x20 || $0 == 0x09 }.map { String($0) ?? "" }.joined(separator: " ")
    }

    /// The text encoded anew; one with a broken escape stands for itself.
    private static func recoded(_ text: some Collection<UInt8>) -> String {
        PercentEncoding.encode(PercentEncoding.decodeBytes(text) ?? Array(text))
    }
}
