import Store
package import Wire

/// What a provider's answer says about its limits: how long to wait, what is left, and until when.
///
/// Read from `Retry-After` (RFC 9110, 10.2.3) and `Retry-After-Ms`; `RateLimit-Remaining` and `-Reset`, `RateLimit` in the
/// older and the newer writing of draft-ietf-httpapi-ratelimit-headers; `X-RateLimit-*` and `X-Rate-Limit-*` with seconds or
/// epochs; `X-RateLimit-*-Requests` and `-Tokens` with spans; `Anthropic-RateLimit-*` with times. Nothing is believed beyond
/// a day, and what cannot be read says nothing.
package struct ProviderWords: Sendable, Equatable {
    /// How long to wait before the next try; in a refusal that names no time of its own, until the reset.
    package private(set) var wait: Duration?
    /// Something that every call needs (calls, tokens) is used up for this long.
    package private(set) var exhaustedFor: Duration?
    /// Calls that are left until the reset.
    package private(set) var remaining: Int?
    package private(set) var resetAfter: Duration?
    /// The provider's own word on whether trying again is of any use.
    package private(set) var mayRepeat: Bool?
    /// The kinds of fields that were there.
    var families: Families = []

    package static let none = ProviderWords()

    private init() {}

    init(
        wait: Duration? = nil, exhaustedFor: Duration? = nil, remaining: Int? = nil, resetAfter: Duration? = nil,
        mayRepeat: Bool? = nil
    ) {
        self.wait = wait
        self.exhaustedFor = exhaustedFor
        self.remaining = remaining
        self.resetAfter = resetAfter
        self.mayRepeat = mayRepeat
    }

    /// - Parameter looking: the kinds of fields to look for; in a good answer, others are passed over.
    package init(_ fields: FieldList, status: Int, at now: Moment) {
        self.init(fields, status: status, at: now, looking: .all)
    }

    init(_ fields: FieldList, status: Int, at now: Moment, looking: Families) {
        let names = LimitFieldNames.shared
        for index in names.pairs.indices where looking.contains(names.pairs[index].family) {
            guard let remaining = fields[names.pairs[index].remaining] else { continue }
            read(remaining, names.pairs[index], fields, now.wall)
        }
        if looking.contains(.structured), let text = fields[names.rateLimit] {
            families.insert(.structured)
            read(RateLimitField(text))
        }
        guard status >= 400 else { return }
        readRefusal(fields, names, now.wall)
    }

    /// Whether there is anything to remember.
    var saysSomething: Bool {
        wait != nil || exhaustedFor != nil || (remaining != nil && resetAfter != nil)
    }

    /// Whether the answer is the provider's way of saying "not now": 429; 403 where limits are the reason it gives, as some
    /// providers do; 503 that names a time.
    func isRefusal(_ status: Int) -> Bool {
        status == 429 || isLimit(status) || (status == 503 && wait != nil)
    }

    /// Whether the answer says that a limit is reached, and so that the request was not processed (RFC 6585, 4).
    func isLimit(_ status: Int) -> Bool {
        status == 429 || (status == 403 && (wait != nil || exhaustedFor != nil))
    }

    private mutating func read(
        _ text: String, _ pair: LimitFieldNames.Pair, _ fields: FieldList, _ now: Timestamp
    ) {
        families.insert(pair.family)
        let number = text.utf8.prefix { $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: ";") }
        guard text.utf8.count <= 100, let left = ResetTime.number(number) else { return }
        var reset: Duration?
        for index in pair.resets.indices {
            guard let text = fields[pair.resets[index]] else { continue }
            reset = ResetTime.wait(text, now: now)
            break
        }
        note(left: left, reset: reset, isCalls: pair.isCalls)
    }

    private mutating func read(_ field: RateLimitField) {
        for item in field.items {
            note(left: item.left, reset: item.reset.map { .seconds($0) }, isCalls: true)
        }
    }

    /// The tightest of several windows counts.
    private mutating func note(left: Double, reset: Duration?, isCalls: Bool) {
        guard let reset else { return }
        if left < 1 { exhaustedFor = max(exhaustedFor ?? .zero, reset) }
        guard isCalls, reset > .zero else { return }
        let left = Int(min(left, 1_000_000_000))
        guard left < remaining ?? .max else { return }
        remaining = left
        resetAfter = reset
    }

    private mutating func readRefusal(_ fields: FieldList, _ names: LimitFieldNames, _ now: Timestamp) {
        for name in names.mayRepeat {
            guard let text = fields[name]?.lowercased() else { continue }
            if text == "true" { mayRepeat = true } else if text == "false" { mayRepeat = false }
        }
        if let text = fields[.retryAfter] {
            wait = ResetTime.wait(text, millisecondsPerUnit: 1000)
            if wait == nil, let date = HTTPDate.parse(text) { wait = max(.zero, min(date - now, ResetTime.longest)) }
        }
        for name in names.retryAfterMilliseconds where wait == nil {
            wait = fields[name].flatMap { ResetTime.wait($0, millisecondsPerUnit: 1) }
        }
        if wait == nil { wait = exhaustedFor }
        for name in names.resets where wait == nil {
            wait = fields[name].flatMap { ResetTime.wait($0, now: now) }
        }
    }
}
