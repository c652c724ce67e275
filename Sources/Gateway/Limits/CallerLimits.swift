package import Inventory
import Synchronization

/// Callers' own limits, so that one caller cannot use up what all share: of each token, each tenant and each network
/// address a rate with a burst, and calls under way at once.
///
/// A call costs one short lock and, for a caller seen before, no memory; what is kept is bounded whoever comes.
package final class CallerLimits: Sendable {
    package enum Entry: Sendable, Equatable {
        case go(CallerPass)
        case refused(CallerRefusal)
    }

    private struct State {
        var rules: CallerRules
        var nodes = 1
        var token: CallerTable<String>?
        var tenant: CallerTable<String>?
        var address: CallerTable<CallerAddress>?
    }

    private let capacity: Int
    private let state: Mutex<State>

    /// - Parameter capacity: callers of each kind that are told apart at once.
    package init(_ rules: CallerRules, capacity: Int = 65_536) {
        self.capacity = capacity
        state = Mutex(
            State(
                rules: rules, token: Self.table(rules.token, nil, capacity),
                tenant: Self.table(rules.tenant, nil, capacity),
                address: Self.table(rules.address, nil, capacity)))
    }

    /// Puts new rules into force; calls under way are still counted.
    package func adopt(_ rules: CallerRules) {
        state.withLock { state in
            state.rules = rules
            build(&state)
        }
    }

    /// So many nodes share the limits: each has an even part, at least one call.
    ///
    /// There may be more callers than could be told to a store each second; a caller's connections are spread over the
    /// nodes by whatever stands before them.
    package func share(nodes: Int) {
        let nodes = max(nodes, 1)
        state.withLock { state in
            guard nodes != state.nodes else { return }
            state.nodes = nodes
            build(&state)
        }
    }

    private func build(_ state: inout State) {
        let (rules, nodes) = (state.rules, state.nodes)
        state.token = Self.table(rules.token?.divided(by: nodes), state.token, capacity)
        state.tenant = Self.table(rules.tenant?.divided(by: nodes), state.tenant, capacity)
        state.address = Self.table(rules.address?.divided(by: nodes), state.address, capacity)
    }

    private static func table<Key>(
        _ bounds: CallerBounds?, _ old: CallerTable<Key>?, _ capacity: Int
    ) -> CallerTable<Key>? {
        guard let bounds else { return nil }
        return old.map { CallerTable(bounds, keeping: $0) } ?? CallerTable(bounds, capacity: capacity)
    }

    /// Asks all limits that apply and takes from all of them or from none. Pair each pass with `leave`.
    ///
    /// What is nil is not limited. The address may be asked for before the token is known, and the token later.
    package func enter(token: String?, tenant: String?, address: CallerAddress?, at moment: Moment) -> Entry {
        let now = moment.nanoseconds
        return state.withLock { state in
            var pass = CallerPass()
            if let token { pass.token = state.token?.index(of: token, at: now) ?? -1 }
            if let tenant { pass.tenant = state.tenant?.index(of: tenant, at: now) ?? -1 }
            if let address { pass.address = state.address?.index(of: address, at: now) ?? -1 }
            if let no = Self.refusal(.address, state.address, pass.address, now) { return .refused(no) }
            if let no = Self.refusal(.token, state.token, pass.token, now) { return .refused(no) }
            if let no = Self.refusal(.tenant, state.tenant, pass.tenant, now) { return .refused(no) }
            if pass.token >= 0 { state.token?.take(pass.token, at: now) }
            if pass.tenant >= 0 { state.tenant?.take(pass.tenant, at: now) }
            if pass.address >= 0 { state.address?.take(pass.address, at: now) }
            pass.numbers = Self.numbers(of: pass, state, now)
            return .go(pass)
        }
    }

    package func leave(_ pass: CallerPass) {
        state.withLock { state in
            if pass.token >= 0 { state.token?.leave(pass.token) }
            if pass.tenant >= 0 { state.tenant?.leave(pass.tenant) }
            if pass.address >= 0 { state.address?.leave(pass.address) }
        }
    }

    private static func numbers(of pass: CallerPass, _ state: State, _ now: Int64) -> RateLimitNumbers? {
        let token = numbers(.token, state.token, pass.token, now)
        let tenant = numbers(.tenant, state.tenant, pass.tenant, now)
        let address = numbers(.address, state.address, pass.address, now)
        return RateLimitNumbers.scarcer(RateLimitNumbers.scarcer(token, tenant), address)
    }

    @inline(__always)
    private static func refusal<Key>(
        _ scope: CallerScope, _ table: CallerTable<Key>?, _ index: Int, _ now: Int64
    ) -> CallerRefusal? {
        guard index >= 0, let table else { return nil }
        let wait = table.wait(index, at: now)
        guard wait > 0 || table.isCrowded(index) else { return nil }
        return CallerRefusal(
            scope: scope, isConcurrency: wait == 0, retryAfter: wait > 0 ? .nanoseconds(wait) : .seconds(1),
            numbers: RateLimitNumbers(scope, table.pace, fullAt: table.fullAt(index), at: now))
    }

    private static func numbers<Key>(
        _ scope: CallerScope, _ table: CallerTable<Key>?, _ index: Int, _ now: Int64
    ) -> RateLimitNumbers? {
        guard index >= 0, let table else { return nil }
        return RateLimitNumbers(scope, table.pace, fullAt: table.fullAt(index), at: now)
    }
}

extension CallerBounds {
    /// The part of one of so many nodes; rounded up, so that something is left.
    fileprivate func divided(by nodes: Int) -> CallerBounds {
        guard nodes > 1 else { return self }
        func part(_ whole: Int) -> Int { whole / nodes + (whole % nodes > 0 ? 1 : 0) }
        return CallerBounds(
            rate: Rate(count: rate.count, per: rate.per * nodes), burst: part(burst), concurrency: part(concurrency))
    }
}
