import Access
import Store

/// Callers as one event loop last recognised them, by their token's text; gone at once when any token is revoked.
final class CallerCache {
    private struct Entry {
        let caller: Caller
        let readAt: Int64
    }

    private static let lifetime: Int64 = 2_000_000_000
    private static let limit = 1024
    private let tokens: TokenAuthority
    private var entries: [String: Entry] = [:]
    private var generation = 0

    init(tokens: TokenAuthority) {
        self.tokens = tokens
    }

    /// nil: the store must be asked.
    func verdict(_ text: String, at moment: Moment) -> TokenVerdict? {
        let now = tokens.generation
        if now != generation {
            generation = now
            entries.removeAll(keepingCapacity: true)
        }
        if let entry = entries[text], moment.nanoseconds - entry.readAt < Self.lifetime,
            entry.caller.expires.map({ $0 > moment.wall }) ?? true
        {
            return .accepted(entry.caller)
        }
        let verdict = tokens.verifyCached(text)
        if case .accepted(let caller) = verdict { keep(text, caller, at: moment) }
        return verdict
    }

    private func keep(_ text: String, _ caller: Caller, at moment: Moment) {
        if entries.count >= Self.limit { entries.removeAll(keepingCapacity: true) }
        entries[text] = Entry(caller: caller, readAt: moment.nanoseconds)
    }
}
