import Store
import Synchronization

/// What `LimitSharing` asks of a gate, between calls.
extension ProviderGate {
    func share(nodes: Int) {
        for whenFree in state.withLock({ $0.share(nodes: nodes) }) { whenFree() }
    }

    func look(at now: Moment) {
        state.withLock { $0.look(at: now) }
    }

    func wishes() -> [ShareWish] {
        state.withLock { $0.wishes(provider) }
    }

    func take(_ grants: [String: ShareGrant], ends: Int64, nodes: Int, at now: Moment) {
        let freed = state.withLock { $0.take(grants, provider, ends: ends, nodes: nodes, at: now) }
        for whenFree in freed { whenFree() }
    }

    func draws(at now: Moment) -> [QuotaDraw] {
        state.withLock { $0.draws(provider, at: now) }
    }

    func take(_ grants: [(QuotaDraw, QuotaGrant)]) {
        state.withLock { $0.take(grants, provider) }
    }

    func rests() -> [QuotaDraw] {
        state.withLock { $0.rests(provider) }
    }

    func longPause(at now: Moment) -> Timestamp? {
        state.withLock { $0.longPause(at: now) }
    }

    func take(pauseUntil until: Timestamp, at now: Moment) {
        state.withLock { $0.take(pauseUntil: until, at: now) }
    }
}
