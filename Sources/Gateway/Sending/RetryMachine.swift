package import Inventory

/// Decides after each attempt whether a call is answered, tried again after a wait, or given up.
///
/// A pure state machine: no clock, no randomness, no I/O inside. The rules, in the order they are asked, are those of
/// docs/retries.md.
package struct RetryMachine: Sendable {
    /// What an attempt brought.
    package enum Event: Sendable {
        case answered(status: Int, ProviderWords)
        case failed(ClientError)
    }

    package enum Action: Sendable, Equatable {
        /// The attempt's answer is the call's answer.
        case answer
        /// Try again after this long; the reason is for people.
        case again(after: Duration, reason: String)
        /// No further attempt: what this one brought is what the call brings.
        case giveUp(Stop)
    }

    /// Why what was worth another try is not tried again.
    package struct Stop: Sendable, Equatable {
        /// Fit for the label of a metric.
        package enum Cause: String, Sendable, CaseIterable {
            /// It may have had its effect, and a repeat could have it twice.
            case unsafe
            /// The answer has begun to go to the caller.
            case answerBegun = "answer_begun"
            /// The request's body was too large to keep.
            case bodyTooLarge = "body_too_large"
            /// It would fail the same way again.
            case hopeless
            /// The provider said that trying again is of no use.
            case providerSaidNo = "provider_said_no"
            case attempts
            /// The wait and the shortest attempt of any use do not fit before the deadline.
            case deadline
            /// The provider gets no more retries for now.
            case budget
        }

        package let cause: Cause
        package let reason: String
    }

    private let attempts: Int
    private let statuses: Set<Int>
    private let base: Duration
    private let longest: Duration
    private let isRepeatable: Bool
    private var canReplay: Bool
    private var answerBegan = false
    private var made = 0
    private var paced = 0

    /// However patient the caller is: a provider that only ever says "later" is given up.
    private static let pacedAtMost = 60
    /// An attempt that has less time than this is not worth its wait.
    package static let leastUseful = Duration.milliseconds(100)
    /// Answers that say the request was not processed: misdirected (RFC 9110, 15.5.20), too early (RFC 8470, 5.2). 429 is
    /// the third.
    private static let unprocessed: Set<Int> = [421, 425]

    /// - Parameters:
    ///   - statuses: the operation's own, instead of those of the rules.
    ///   - isRepeatable: see `isRepeatable(method:risk:hasKey:)`.
    ///   - canReplay: whether the request's whole body is kept.
    package init(rules: RetryRules, statuses: Set<Int>?, isRepeatable: Bool, canReplay: Bool = true) {
        attempts = max(rules.attempts, 1)
        self.statuses = statuses ?? rules.statuses
        base = rules.base
        longest = rules.max
        self.isRepeatable = isRepeatable
        self.canReplay = canReplay
    }

    /// Whether the same request may be sent again after it may have had its effect: it only looks; or every attempt carries
    /// the same key, which the provider honours; or its method is idempotent (RFC 9110, 9.2.2) and no money moves.
    package static func isRepeatable(method: String, risk: Risk, hasKey: Bool) -> Bool {
        if risk == .read || hasKey { return true }
        guard risk != .payment else { return false }
        switch method {
        case "GET", "HEAD", "OPTIONS", "PUT", "DELETE", "TRACE": return true
        default: return false
        }
    }

    /// The request's body is larger than what is kept of it.
    package mutating func bodyCannotBeReplayed() {
        canReplay = false
    }

    /// Something of an answer went to the caller.
    package mutating func answerReachedCaller() {
        answerBegan = true
    }

    /// - Parameters:
    ///   - remaining: time left until the deadline.
    ///   - jitter: uniform in 0...1.
    ///   - spend: takes one retry from the provider's budget; asked once, and only when nothing else is in the way.
    package mutating func after(
        _ event: Event, remaining: Duration, jitter: @autoclosure () -> Double, spend: () -> Bool
    ) -> Action {
        switch event {
        case .answered(let status, let words):
            guard status >= 400 else { return .answer }
            return afterAnswer(status, words, remaining: remaining, jitter: jitter, spend: spend)
        case .failed(let error):
            made += 1
            let reason = Self.words(for: error)
            guard isRepeatable || !error.wasSent else { return .giveUp(Stop(cause: .unsafe, reason: reason)) }
            switch error.reason {
            case .tls, .tooLarge, .malformed: return .giveUp(Stop(cause: .hopeless, reason: reason))
            case .unreachable, .timeout, .closed: break
            }
            return again(asked: nil, isPaced: false, remaining, jitter, reason, spend)
        }
    }

    private mutating func afterAnswer(
        _ status: Int, _ words: ProviderWords, remaining: Duration, jitter: () -> Double, spend: () -> Bool
    ) -> Action {
        let isLimit = words.isLimit(status)
        let isListed = statuses.contains(status) || (isLimit && statuses.contains(429))
        guard isListed || words.mayRepeat == true else { return .answer }
        // A limit that names its time is pacing, not failure.
        let isPaced = isLimit && words.wait != nil && paced < Self.pacedAtMost
        if isPaced { paced += 1 } else { made += 1 }
        let reason = Self.words(for: status, isLimit: isLimit, wait: words.wait)
        guard isRepeatable || isLimit || Self.unprocessed.contains(status) else {
            return .giveUp(Stop(cause: .unsafe, reason: reason))
        }
        guard words.mayRepeat != false else { return .giveUp(Stop(cause: .providerSaidNo, reason: reason)) }
        return again(asked: words.wait, isPaced: isPaced, remaining, jitter, reason, spend)
    }

    private func again(
        asked: Duration?, isPaced: Bool, _ remaining: Duration, _ jitter: () -> Double, _ reason: String,
        _ spend: () -> Bool
    ) -> Action {
        func stop(_ cause: Stop.Cause) -> Action { .giveUp(Stop(cause: cause, reason: reason)) }
        guard !answerBegan else { return stop(.answerBegun) }
        guard canReplay else { return stop(.bodyTooLarge) }
        guard isPaced || made < attempts else { return stop(.attempts) }
        let room = remaining - Self.leastUseful
        guard room >= asked ?? .zero else { return stop(.deadline) }
        guard isPaced || spend() else { return stop(.budget) }
        let share = min(max(jitter(), 0), 1)
        // Asked for a time, all come back at it: a little later each.
        let wait =
            asked.map { $0 + base * share } ?? min(longest, base * Double(1 << min(max(made - 1, 0), 20))) * share
        return .again(after: min(wait, room), reason: reason)
    }
}
