package import Inventory
package import Store
import Synchronization

/// Decides for each attempt whether a fault is played to it: the rules in force, ready for the way of a call.
///
/// Without rules the answer is one look at a number. In production there are never any, whatever is handed in.
package final class FaultDice: Sendable {
    private let isAllowed: Bool
    private let jitter: any Jitter
    private let count = Atomic<Int>(0)
    /// By provider, in the order they were added.
    private let rules = Mutex<[String: [FaultRule]]>([:])

    package init(environment: EnvironmentName, jitter: any Jitter = SystemJitter()) {
        isAllowed = environment != .production
        self.jitter = jitter
    }

    /// Plays by these rules from now on.
    package func adopt(_ all: [FaultRule]) {
        guard isAllowed else { return }
        let byProvider = Dictionary(grouping: all) { $0.provider }
        rules.withLock { $0 = byProvider }
        count.store(all.count, ordering: .releasing)
    }

    /// The fault that this attempt meets, if any; may be asked on any thread.
    ///
    /// Each rule that fits throws its own dice; the first one that hits is played.
    package func fault(provider: String, operation: String, at moment: Timestamp) -> Fault? {
        guard count.load(ordering: .relaxed) > 0 else { return nil }
        let candidates = rules.withLock { $0[provider] ?? [] }
        for rule in candidates where rule.operation == nil || rule.operation == operation {
            if let expires = rule.expires, moment >= expires { continue }
            // A share of 1 always hits, a share of 0 never.
            if rule.rate >= 1 || (rule.rate > 0 && jitter.next() < rule.rate) { return Fault(rule) }
        }
        return nil
    }
}
