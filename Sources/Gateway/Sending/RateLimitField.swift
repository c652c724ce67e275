/// A `RateLimit` field in either writing of draft-ietf-httpapi-ratelimit-headers: `limit=100, remaining=0, reset=5`, or
/// `"burst";r=0;t=1, "daily";r=900;t=3600`.
///
/// Read leniently: parts that are not understood are passed over, and at most sixteen parts of the first thousand bytes are
/// looked at.
struct RateLimitField: Sendable, Equatable {
    /// One window.
    struct Item: Sendable, Equatable {
        let left: Double
        /// Seconds, at most a day.
        let reset: Int64?
    }

    private(set) var items: [Item] = []

    init(_ text: String) {
        var remaining: Double?
        var reset: Int64?
        for member in Self.parts(of: text.utf8.prefix(1000), by: 0x2C).prefix(16) {
            var left: Double?
            var time: Int64?
            for part in Self.parts(of: member, by: 0x3B).prefix(16) {
                guard let (name, value) = Self.pair(part) else { continue }
                switch name {
                case "r": left = value
                case "t": time = Self.seconds(value)
                case "remaining": remaining = value
                case "reset": reset = Self.seconds(value)
                default: break
                }
            }
            if let left { items.append(Item(left: left, reset: time)) }
        }
        if let remaining { items.append(Item(left: remaining, reset: reset)) }
    }

    private static func seconds(_ value: Double) -> Int64 {
        Int64(min(value, 86_400).rounded(.up))
    }

    private static func pair(_ part: Substring.UTF8View) -> (name: String, value: Double)? {
        guard let equals = part.firstIndex(of: 0x3D) else { return nil }
        let name = part[..<equals].drop { $0 == 0x20 || $0 == 0x09 }
        var value = part[part.index(after: equals)...]
        while value.last == 0x20 || value.last == 0x09 { value = value.dropLast() }
        guard let number = ResetTime.number(value) else { return nil }
        return (String(Substring(name)).lowercased(), number)
    }

    /// Splits at a separator that stands in no quotes.
    private static func parts(of bytes: Substring.UTF8View, by separator: UInt8) -> [Substring.UTF8View] {
        var isQuoted = false
        var isEscaped = false
        return bytes.split { byte in
            defer { isEscaped = isQuoted && !isEscaped && byte == 0x5C }
            if byte == 0x22, !isEscaped { isQuoted.toggle() }
            return byte == separator && !isQuoted
        }
    }
}
