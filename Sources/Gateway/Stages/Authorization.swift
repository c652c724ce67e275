import Access

/// Reads a token out of an `Authorization` field: `Bearer TOKEN`, or `Basic` with the token as user or password.
package enum Authorization {
    package static func token(_ field: String) -> String? {
        let parts = field.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: true)
        guard parts.count == 2 else { return nil }
        switch parts[0].lowercased() {
        case "bearer":
            return String(parts[1])
        case "basic":
            guard let bytes = Base64.decode(String(parts[1])), let text = String(validating: bytes, as: UTF8.self)
            else { return nil }
            let halves = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            return halves.map(String.init).first { $0.hasPrefix("ft_") }
        default:
            return nil
        }
    }
}
