package import Contracts
package import Inventory

/// A row of the ledger: one logical call with all its attempts.
package struct CallRecord: Sendable, Equatable {
    package enum Outcome: String, Sendable, CaseIterable {
        case answered
        /// Answered after at least one retry.
        case retried
        case failed
    }

    package var id: String
    package var at: Timestamp
    package var provider: String
    package var operation: String
    /// Name of the token, or of the task's owner.
    package var caller: String
    package var task: String?
    package var step: String?
    package var method: String
    package var path: String
    package var risk: Risk
    /// Status the caller got.
    package var status: Int
    package var outcome: Outcome
    /// Who failed: `caller`, `footing`, `provider`; nil when answered.
    package var who: String?
    /// Problem code; nil when answered.
    package var code: String?
    package var tries: [CallTry]
    package var totalMilliseconds: Double
    package var footingMilliseconds: Double
    package var providerMilliseconds: Double
    package var requestID: String
    package var drift: Bool
    /// `problem`, `stages`, `request`, `answer`, `told`, `advice`: redacted, for the operator.
    package var detail: JSONObject

    package init(
        id: String, at: Timestamp, provider: String, operation: String, caller: String, task: String?, step: String?,
        method: String, path: String, status: Int, outcome: Outcome, who: String?, code: String?, tries: [CallTry],
        totalMilliseconds: Double, footingMilliseconds: Double, providerMilliseconds: Double, requestID: String,
        drift: Bool, risk: Risk = .read, detail: JSONObject
    ) {
        self.id = id
        self.at = at
        self.provider = provider
        self.operation = operation
        self.caller = caller
        self.task = task
        self.step = step
        self.method = method
        self.path = path
        self.risk = risk
        self.status = status
        self.outcome = outcome
        self.who = who
        self.code = code
        self.tries = tries
        self.totalMilliseconds = totalMilliseconds
        self.footingMilliseconds = footingMilliseconds
        self.providerMilliseconds = providerMilliseconds
        self.requestID = requestID
        self.drift = drift
        self.detail = detail
    }
}
