import Inventory
import Store

/// All that one provider tolerates right now: places, pace, quotas, breakers, pauses, the retry budget.
///
/// A pure state machine; `ProviderGate` guards it. What has to run outside the lock is returned.
struct GateState: Sendable {
    /// What is kept for one operation.
    struct Slot: Sendable {
        let name: String
        var concurrency = Int.max
        var running = 0
        var line = WaitLine()
        var bucket: TokenBucket?
        var quota: DayQuota?
        var breaker: Breaker
    }

    /// What the provider last said is left, and until when that holds.
    struct Allowance: Sendable {
        /// The attempt whose answer said so.
        var number: Int64 = -1
        var left = 0
        var until: Int64 = 0
    }

    static let undeclared = "undeclared"

    var rules: BreakerRules
    var retries: RetryRules
    var concurrency = Limits.standardConcurrency
    var queue = Limits.standardQueue
    /// Nanoseconds that the provider's words may hold back at most.
    var hold = Limits.standardHold.nanoseconds
    var running = 0
    var bucket: TokenBucket?
    var quota: DayQuota?
    var breaker: Breaker
    var slots: [Slot] = []
    var names: [String: Int] = [:]

    /// Slots with someone in line, in no order.
    var lines: [Int] = []
    var waiting = 0
    var tickets: Int64 = 0
    /// Smoothed time from one freed place to the next while someone waits, nanoseconds.
    var turnover: Int64 = 0
    var lastLeave: Int64 = 0

    /// Nobody goes before.
    var heldUntil: Int64 = 0
    var allowance = Allowance()
    /// Attempts let through.
    var sent: Int64 = 0
    var budget: RetryBudget
    var switchedOff: ProviderSwitch?

    init(_ provider: Provider) {
        rules = provider.breaker
        retries = provider.retries
        breaker = Breaker(provider.breaker)
        budget = RetryBudget(provider.retries)
        _ = slot(of: Self.undeclared)
        _ = adopt(provider)
    }

    /// The operation's slot; made when there is none yet, and never given to another.
    mutating func slot(of name: String) -> Int {
        if let slot = names[name] { return slot }
        names[name] = slots.count
        slots.append(Slot(name: name, breaker: Breaker(rules)))
        return slots.count - 1
    }

    /// Takes over the rules of a new inventory. What they leave as it was keeps its state; attempts under way go on.
    ///
    /// - Returns: those who have a place now because more are allowed.
    mutating func adopt(_ provider: Provider) -> [@Sendable () -> Void] {
        let limits = provider.limits
        concurrency = limits?.concurrency ?? Limits.standardConcurrency
        queue = limits?.queue ?? Limits.standardQueue
        hold = (limits?.hold ?? Limits.standardHold).nanoseconds
        Self.renew(&bucket, limits)
        Self.renew(&quota, limits, limits?.zone)
        if provider.breaker != rules {
            rules = provider.breaker
            breaker = Breaker(rules)
            for index in slots.indices { slots[index].breaker = Breaker(rules) }
        }
        if provider.retries.budget != retries.budget || provider.retries.hedge != retries.hedge {
            budget = RetryBudget(provider.retries)
        }
        retries = provider.retries
        var own: [String: Limits] = [:]
        for operation in provider.operations {
            _ = slot(of: operation.name)
            own[operation.name] = operation.limits
        }
        for index in slots.indices {
            let limits = own[slots[index].name]
            slots[index].concurrency = limits?.concurrency ?? .max
            Self.renew(&slots[index].bucket, limits)
            Self.renew(&slots[index].quota, limits, provider.limits?.zone)
        }
        var freed: [@Sendable () -> Void] = []
        while let next = next() { freed.append(next) }
        return freed
    }

    private static func renew(_ bucket: inout TokenBucket?, _ limits: Limits?) {
        let new = limits?.rate.map { TokenBucket($0, burst: limits?.burst) }
        if let new, let bucket, bucket.isAlike(new) { return }
        bucket = new
    }

    private static func renew(_ quota: inout DayQuota?, _ limits: Limits?, _ zone: ZoneOffset?) {
        let new = limits?.daily.map { DayQuota(limit: $0, zone: zone ?? .utc) }
        if let new, let quota, quota.isAlike(new) { return }
        quota = new
    }
}
