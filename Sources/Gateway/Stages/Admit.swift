import Store

/// Third stage: callers' own limits, so that one caller cannot use up what all share. `CallerLimits` keeps them; this is
/// what a caller reads who is beyond them.
enum Admit {
    static func problem(for refusal: CallerRefusal) -> Problem {
        let what = refusal.isConcurrency ? "calls under way" : "calls"
        let whose =
            switch refusal.scope {
            case .token: "this token"
            case .tenant: "this tenant"
            case .address: "this address"
            }
        return Problem(
            "too_many_calls", source: .caller, status: 429, title: "Too many calls",
            detail: "That is more than this app may ask at once.", isRetryable: true, retryAfter: refusal.retryAfter,
            log: "too many \(what) of \(whose)")
    }
}
