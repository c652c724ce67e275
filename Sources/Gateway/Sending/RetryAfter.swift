package import HTTPTypes
package import Store

/// How long a provider asked us to wait: `Retry-After` as seconds or as an HTTP date (RFC 9110, 10.2.3), or a vendor's reset field.
package enum RetryAfter {
    /// nil when the answer says nothing that can be read; a date in the past is zero.
    package static func wait(in headers: HTTPFields, now: Timestamp) -> Duration? {
        if let name = HTTPField.Name("Retry-After"), let text = headers[name] {
            if let seconds = seconds(text) { return seconds }
            if let date = HTTPDate.parse(text) { return max(.zero, date - now) }
        }
        for name in resetNames {
            guard let text = headers[name], let value = Double(text), value.isFinite, value >= 0 else { continue }
            // Vendors send either seconds to wait or the epoch second of the reset.
            let seconds = value > 1_000_000_000 ? value - Double(now.milliseconds) / 1000 : value
            return .milliseconds(Int64(min(max(seconds, 0), longest) * 1000))
        }
        return nil
    }

    private static let longest = 86_400.0
    private static let resetNames = ["ratelimit-reset", "x-ratelimit-reset"].compactMap { HTTPField.Name($0) }

    private static func seconds(_ text: String) -> Duration? {
        guard let value = Double(text), value.isFinite, value >= 0 else { return nil }
        return .milliseconds(Int64(min(value, longest) * 1000))
    }
}
