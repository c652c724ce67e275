package import Inventory

/// Decides when a read that is slow to be answered is asked for a second time, beside the first, and which answer counts.
///
/// A pure state machine. At most one second attempt; the first good answer wins and ends the other.
package struct Hedge: Sendable {
    package enum Which: Sendable, Equatable {
        case first, second
    }

    package enum Verdict: Sendable, Equatable {
        /// This one's result is the round's; the other one, where there is one, is to be cancelled.
        case takeIt(cancelOther: Bool)
        /// Not good, but the other one is still under way.
        case waitForOther
        /// The last one, and not good either: the retry machine decides.
        case nothingGood
        /// The round was decided before.
        case late
    }

    private enum State: Sendable, Equatable {
        /// The first is under way, a second may come.
        case first
        /// The first is under way and stays alone.
        case alone
        case both
        /// The other ended without a good answer.
        case last(Which)
        case over
    }

    /// From the sending of the first attempt to `timerFired`.
    package let after: Duration
    private var state = State.first

    /// nil: this call is not hedged. Only what looks, and can be sent twice, is.
    package init?(_ rules: HedgeRules?, risk: Risk, canReplay: Bool) {
        guard let rules, risk == .read, canReplay else { return nil }
        after = rules.after
    }

    /// Whether to start the second attempt now.
    ///
    /// - Parameter spend: takes one hedge from what the provider gets; asked only when nothing else is in the way.
    package mutating func timerFired(spend: () -> Bool) -> Bool {
        guard state == .first else { return false }
        let starts = spend()
        state = starts ? .both : .alone
        return starts
    }

    /// The second attempt did not start: the limits had no room for it.
    package mutating func secondNotStarted() {
        switch state {
        case .both: state = .alone
        case .last(.second): state = .over
        case .first, .alone, .last(.first), .over: break
        }
    }

    /// The answer of an attempt has begun to go to the caller, or it ended.
    ///
    /// - Parameter isGood: see `isGood(status:statuses:)`; a failure is not.
    package mutating func ended(_ which: Which, isGood: Bool) -> Verdict {
        switch (state, which) {
        case (.first, .first), (.alone, .first), (.last(.first), .first), (.last(.second), .second):
            state = .over
            return isGood ? .takeIt(cancelOther: false) : .nothingGood
        case (.both, _):
            state = isGood ? .over : .last(which == .first ? .second : .first)
            return isGood ? .takeIt(cancelOther: true) : .waitForOther
        case (.first, .second), (.alone, .second), (.last, _), (.over, _):
            return .late
        }
    }

    /// Whether an answer with this status ends the round: it is not one that would be asked for again.
    package static func isGood(status: Int, statuses: Set<Int>) -> Bool {
        status < 500 && status != 429 && !statuses.contains(status)
    }
}
