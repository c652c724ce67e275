import Inventory
import Store

/// All that one provider tolerates right now: places, pace, quotas, breakers, pauses, the retry budget.
///
/// A pure state machine; `ProviderGate` guards it. What has to run outside the lock is returned.
struct GateState: Sendable {
    /// What is kept for one operation.
    struct Slot: Sendable {
        let name: String
        /// Places that this node has; all of them where it is alone.
        var concurrency = Int.max
        var places = SharedPlaces()
        var running = 0
        var line = WaitLine()
        var bucket: SharedRate?
        var quota: DayQuota?
        /// Requests that the quota was asked for since it was last drawn.
        var asked = 0
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
    /// Places that this node has; all of them where it is alone.
    var concurrency = Limits.standardConcurrency
    var places = SharedPlaces()
    var queue = Limits.standardQueue
    /// Nanoseconds that the provider's words may hold back at most.
    var hold = Limits.standardHold.nanoseconds
    var running = 0
    var bucket: SharedRate?
    var quota: DayQuota?
    /// Requests that the quota was asked for since it was last drawn.
    var asked = 0
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
    /// nil: this node shares its limits with nobody, not even with the one that comes after it.
    var sharing: Sharing?

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
        queue = limits?.queue ?? Limits.standardQueue
        hold = (limits?.hold ?? Limits.standardHold).nanoseconds
        places.declared = limits?.concurrency
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
            slots[index].places.declared = limits?.concurrency
            Self.renew(&slots[index].bucket, limits)
            Self.renew(&slots[index].quota, limits, provider.limits?.zone)
        }
        joinSharing()
        return fillPlaces()
    }

    private static func renew(_ bucket: inout SharedRate?, _ limits: Limits?) {
        guard let rate = limits?.rate else { return bucket = nil }
        if bucket == nil {
            bucket = SharedRate(rate, burst: limits?.burst)
        } else {
            bucket?.adopt(rate, burst: limits?.burst)
        }
    }

    private static func renew(_ quota: inout DayQuota?, _ limits: Limits?, _ zone: ZoneOffset?) {
        guard let daily = limits?.daily else { return quota = nil }
        if quota == nil {
            quota = DayQuota(limit: daily, zone: zone ?? .utc)
        } else {
            quota?.adopt(limit: daily, zone: zone ?? .utc)
        }
    }
}
