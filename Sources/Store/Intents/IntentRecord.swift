package import Inventory

/// A stored write and where it stands.
package struct IntentRecord: Sendable, Equatable {
    package enum State: String, Sendable, CaseIterable {
        case inFlight = "in_flight"
        case answered
        case unknown
        /// A person said that it happened.
        case happened
        /// A person said that it did not.
        case notHappened = "not_happened"
    }

    package let callID: String
    package let caller: String
    package let callerName: String
    package let provider: String
    package let operation: String
    package let key: String?
    package let providerKey: String?
    package let risk: Risk
    package let node: String
    package let begun: Timestamp
    package let state: State
    package let settled: Timestamp?
    /// The person who settled it.
    package let settledBy: String?

    package init(
        callID: String, caller: String, callerName: String, provider: String, operation: String, key: String?,
        providerKey: String?, risk: Risk, node: String, begun: Timestamp, state: State, settled: Timestamp? = nil,
        settledBy: String? = nil
    ) {
        self.callID = callID
        self.caller = caller
        self.callerName = callerName
        self.provider = provider
        self.operation = operation
        self.key = key
        self.providerKey = providerKey
        self.risk = risk
        self.node = node
        self.begun = begun
        self.state = state
        self.settled = settled
        self.settledBy = settledBy
    }
}
