package import Contracts

/// Which calls a list shows, newest first.
package struct CallQuery: Sendable {
    package var outcome: CallRecord.Outcome?
    package var provider: String?
    package var operation: String?
    package var task: String?
    /// Part of an id, path, caller or code.
    package var text: String?
    package var since: Timestamp?
    /// Only calls older than this id.
    package var before: String?
    package var limit: Int

    package init(
        outcome: CallRecord.Outcome? = nil, provider: String? = nil, operation: String? = nil, task: String? = nil,
        text: String? = nil, since: Timestamp? = nil, before: String? = nil, limit: Int = 100
    ) {
        self.outcome = outcome
        self.provider = provider
        self.operation = operation
        self.task = task
        self.text = text
        self.since = since
        self.before = before
        self.limit = limit
    }
}

/// The few columns of a call that statistics need.
package struct CallSample: Sendable, Equatable {
    package let at: Timestamp
    package let provider: String
    package let operation: String
    package let outcome: CallRecord.Outcome
    package let who: String?
    package let totalMilliseconds: Double

    package init(
        at: Timestamp, provider: String, operation: String, outcome: CallRecord.Outcome, who: String?,
        totalMilliseconds: Double
    ) {
        self.at = at
        self.provider = provider
        self.operation = operation
        self.outcome = outcome
        self.who = who
        self.totalMilliseconds = totalMilliseconds
    }
}

/// A drift finding, deduplicated by shape.
package struct DriftRecord: Sendable, Equatable {
    package var provider: String
    package var operation: String
    /// Stable hash of pointer, kind, expected and type seen.
    package var shape: String
    package var pointer: String
    package var kind: String
    package var expected: String
    package var seen: String
    package var count: Int
    package var first: Timestamp
    package var last: Timestamp

    package init(
        provider: String, operation: String, shape: String, pointer: String, kind: String, expected: String,
        seen: String, count: Int, first: Timestamp, last: Timestamp
    ) {
        self.provider = provider
        self.operation = operation
        self.shape = shape
        self.pointer = pointer
        self.kind = kind
        self.expected = expected
        self.seen = seen
        self.count = count
        self.first = first
        self.last = last
    }
}

/// Where a write stands: left before it is sent, settled after its outcome is known.
package enum IntentState: Sendable, Equatable {
    /// Stored by this very call.
    case begun
    /// An earlier attempt settled it: this was the answer.
    case settled(status: Int, body: JSONValue)
    /// An earlier attempt began it and its outcome is unknown.
    case unknown(callID: String)
}

/// A stored intent whose outcome nobody knows.
package struct IntentRecord: Sendable, Equatable {
    package let key: String
    package let callID: String
    package let provider: String
    package let operation: String
    package let begun: Timestamp

    package init(key: String, callID: String, provider: String, operation: String, begun: Timestamp) {
        self.key = key
        self.callID = callID
        self.provider = provider
        self.operation = operation
        self.begun = begun
    }
}

/// The ledger, drift findings, and the intents and outcomes of writes.
package protocol CallStore: Sendable {
    /// Queues rows for the next commit; returns once they are stored.
    func record(_ calls: [CallRecord]) async throws
    func call(_ id: String) async throws -> CallRecord?
    func calls(_ query: CallQuery) async throws -> [CallRecord]
    /// Samples of all calls since a moment, oldest first, at most `limit` newest ones.
    func samples(since: Timestamp, limit: Int) async throws -> [CallSample]
    /// Whether any call was ever recorded.
    func hasCalls() async throws -> Bool
    /// Adds to the count of a known shape, or stores a new one; returns whether it was new.
    func recordDrift(_ finding: DriftRecord) async throws -> Bool
    func drift(provider: String?) async throws -> [DriftRecord]
    /// Durable before it returns `.begun`.
    func beginIntent(key: String, callID: String, provider: String, operation: String, at: Timestamp) async throws
        -> IntentState
    func settleIntent(key: String, status: Int, body: JSONValue, at: Timestamp) async throws
    /// The write provably had no effect (it was never sent, or refused): forget it so that it may be tried again.
    func dropIntent(key: String) async throws
    func unknownIntents() async throws -> [IntentRecord]
}
