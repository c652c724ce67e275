package import Inventory
import Store

/// Decides after each attempt whether a call is answered, tried again after a wait, or given up.
///
/// A pure state machine: no clock, no randomness, no I/O inside. A write is repeated only if the provider honours an idempotency key that all attempts
/// share, or if no byte of it left the process. A 429 that names its time is pacing, not failure: it is waited out as long as the deadline allows and
/// does not use up the attempts. No wait goes beyond the deadline.
package struct RetryMachine: Sendable {
    /// What an attempt brought.
    package enum Event: Sendable {
        case status(Int, retryAfter: Duration?)
        case error(ClientError)
    }

    package enum Action: Sendable, Equatable {
        /// The attempt's answer is the call's answer.
        case answer
        /// Try again after this long; the reason is for people.
        case wait(Duration, reason: String)
        case giveUp(reason: String)
    }

    private let attempts: Int
    private let statuses: Set<Int>
    private let base: Duration
    private let longest: Duration
    private let isRepeatable: Bool
    private var made = 0
    private var paced = 0
    /// However patient the caller is: a provider that only ever says "later" is given up.
    private static let pacedAtMost = 60

    /// - Parameters:
    ///   - isRepeatable: the method is idempotent, or every attempt carries a key the provider honours.
    package init(rules: RetryRules, statuses: Set<Int>?, isRepeatable: Bool) {
        attempts = max(rules.attempts, 1)
        self.statuses = statuses ?? rules.statuses
        base = rules.base
        longest = rules.max
        self.isRepeatable = isRepeatable
    }

    /// - Parameters:
    ///   - remaining: time left until the deadline.
    ///   - jitter: uniform in 0...1; full jitter over the exponential window.
    package mutating func after(_ event: Event, remaining: Duration, jitter: Double) -> Action {
        if case .status(429, .some) = event, paced < Self.pacedAtMost {
            paced += 1
        } else {
            made += 1
        }
        switch event {
        case .status(let status, let retryAfter):
            guard statuses.contains(status) else { return .answer }
            // A 429 says that the request was not processed (RFC 6585, 4); other statuses may have had an effect.
            guard isRepeatable || status == 429 else { return .answer }
            let reason = Self.words(for: status, retryAfter: retryAfter)
            return again(asked: retryAfter, remaining: remaining, jitter: jitter, reason: reason)
        case .error(let error):
            guard isRepeatable || !error.wasSent else { return .giveUp(reason: Self.words(for: error)) }
            guard error.reason != .tls, error.reason != .tooLarge, error.reason != .malformed else {
                return .giveUp(reason: Self.words(for: error))
            }
            return again(asked: nil, remaining: remaining, jitter: jitter, reason: Self.words(for: error))
        }
    }

    private func again(asked: Duration?, remaining: Duration, jitter: Double, reason: String) -> Action {
        guard made < attempts else { return .giveUp(reason: reason) }
        let window = min(longest, base * Double(1 << min(max(made - 1, 0), 20)))
        let wait = max(asked ?? .zero, window * min(max(jitter, 0), 1))
        guard wait < remaining else { return .giveUp(reason: reason) }
        return .wait(wait, reason: reason)
    }

    private static func words(for status: Int, retryAfter: Duration?) -> String {
        let what = status == 429 ? "rate limited" : "answered \(status)"
        guard let retryAfter else { return what }
        return "\(what), Retry-After \(Self.seconds(retryAfter))"
    }

    private static func seconds(_ duration: Duration) -> String {
        let tenths = Int((duration.milliseconds / 100).rounded())
        return tenths % 10 == 0 ? "\(tenths / 10) s" : "\(tenths / 10).\(tenths % 10) s"
    }

    package static func words(for error: ClientError) -> String {
        switch error.reason {
        case .unreachable: "could not be reached"
        case .tls: "no trusted connection"
        case .timeout: "no answer in time"
        case .closed: "closed the connection"
        case .malformed: "broken answer"
        case .tooLarge: "answer too large"
        }
    }
}
