/// One attempt of a call.
package struct CallTry: Sendable, Equatable {
    package enum Outcome: String, Sendable {
        case ok
        /// Failed in a way that was tried again.
        case retried
        case failed
    }

    package var number: Int
    package var at: Timestamp
    /// nil when no answer came.
    package var status: Int?
    package var outcome: Outcome
    /// Time the provider took, milliseconds.
    package var milliseconds: Double
    /// Time this attempt was held back before it was sent, by the provider's limits, milliseconds.
    package var heldMilliseconds: Double
    /// Time waited after this attempt before the next one (backoff, Retry-After), milliseconds; zero for the last.
    package var waitedMilliseconds: Double
    /// Plain words: why it was retried or failed, or why it waited.
    package var reason: String?

    package init(
        number: Int, at: Timestamp, status: Int?, outcome: Outcome, milliseconds: Double,
        heldMilliseconds: Double = 0, waitedMilliseconds: Double, reason: String?
    ) {
        self.number = number
        self.at = at
        self.status = status
        self.outcome = outcome
        self.milliseconds = milliseconds
        self.heldMilliseconds = heldMilliseconds
        self.waitedMilliseconds = waitedMilliseconds
        self.reason = reason
    }
}
