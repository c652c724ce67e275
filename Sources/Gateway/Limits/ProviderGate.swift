package import Inventory
import Store
import Synchronization

/// What one provider tolerates right now: its rate, its concurrency, its breaker, and pauses it asked for.
package final class ProviderGate: Sendable {
    package enum Admission: Sendable, Equatable {
        /// Go after this wait (zero: at once); the reservation is taken.
        case go(after: Duration)
        case refused(retryAfter: Duration)
    }

    private struct State {
        var bucket: TokenBucket?
        var breaker: Breaker
        var running = 0
        var waiters: [(id: UInt64, continuation: CheckedContinuation<Void, Never>)] = []
        var nextWaiter: UInt64 = 0
        /// The provider said `Retry-After`: nobody goes before.
        var pausedUntil: Duration = .zero
    }

    private let concurrency: Int
    private let state: Mutex<State>

    package init(_ provider: Provider) {
        let limits = provider.limits
        let bucket = limits?.rate.map { TokenBucket(count: $0.count, per: $0.per, burst: limits?.burst ?? 1) }
        concurrency = limits?.concurrency ?? 256
        state = Mutex(State(bucket: bucket, breaker: Breaker(provider.breaker)))
    }

    package func breakerPosition(at now: Duration) -> Breaker.Position {
        state.withLock { $0.breaker.position(at: now) }
    }

    /// How long the provider asked everyone to pause, from now.
    package func pause(at now: Duration) -> Duration {
        state.withLock { max(.zero, $0.pausedUntil - now) }
    }

    /// Takes one of the places for requests under way; suspends while all are taken. Pair with `leave`.
    package func enter() async {
        let mustWait = state.withLock { state in
            guard state.running >= concurrency else {
                state.running += 1
                return false
            }
            return true
        }
        guard mustWait else { return }
        let id = state.withLock { state in
            state.nextWaiter += 1
            return state.nextWaiter
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let goesNow = state.withLock { state in
                    guard state.running >= concurrency, !Task.isCancelled else {
                        state.running += 1
                        return true
                    }
                    state.waiters.append((id, continuation))
                    return false
                }
                if goesNow { continuation.resume() }
            }
        } onCancel: {
            // The waiter takes a place all the same, so that its `leave` stays paired; its request is never sent.
            let waiter = state.withLock { state -> CheckedContinuation<Void, Never>? in
                guard let index = state.waiters.firstIndex(where: { $0.id == id }) else { return nil }
                state.running += 1
                return state.waiters.remove(at: index).continuation
            }
            waiter?.resume()
        }
    }

    package func leave() {
        let next = state.withLock { state -> CheckedContinuation<Void, Never>? in
            guard !state.waiters.isEmpty, state.running <= concurrency else {
                state.running -= 1
                return nil
            }
            return state.waiters.removeFirst().continuation
        }
        next?.resume()
    }

    /// Asks the breaker, the provider's own pause and the rate, in this order. A wait longer than `patience` is refused and
    /// takes no reservation.
    package func admit(at now: Duration, patience: Duration) -> Admission {
        state.withLock { state in
            if case .refuse(let retryAfter) = state.breaker.ask(at: now) { return .refused(retryAfter: retryAfter) }
            let pause = max(.zero, state.pausedUntil - now)
            let wait = max(pause, state.bucket?.delay(at: now) ?? .zero)
            guard wait <= patience else { return .refused(retryAfter: wait) }
            _ = state.bucket?.reserve(at: now)
            return .go(after: wait)
        }
    }

    package func record(failed: Bool, at now: Duration) {
        state.withLock { $0.breaker.record(failed: failed, at: now) }
    }

    /// The provider asked to be left alone until then.
    package func pause(until moment: Duration) {
        state.withLock { $0.pausedUntil = max($0.pausedUntil, moment) }
    }
}
