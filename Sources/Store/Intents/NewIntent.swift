package import Inventory

/// A write about to be sent, as the store is to remember it.
package struct NewIntent: Sendable, Equatable {
    package var callID: String
    /// Id of the token, or of the task's owner: the keys of two callers never meet.
    package var caller: String
    /// What people call the caller.
    package var callerName: String
    package var provider: String
    package var operation: String
    /// The caller's `Idempotency-Key`; nil for a write that nobody can ask for again.
    package var key: String?
    /// Digest of method, path, query and body: the same key with another one is the caller's mistake.
    package var fingerprint: String
    /// The key that every attempt shows the provider.
    package var providerKey: String?
    package var risk: Risk
    /// Who sends it.
    package var node: String
    package var begun: Timestamp
    /// Until when the answer is kept; an outcome that nobody knows is kept without end.
    package var expires: Timestamp

    /// How long an answer is kept for a caller who asks again, unless told otherwise.
    package static let lifetime = Duration.seconds(86_400)

    package init(
        callID: String, caller: String, callerName: String, provider: String, operation: String, key: String?,
        fingerprint: String, providerKey: String?, risk: Risk, node: String, begun: Timestamp,
        expires: Timestamp? = nil
    ) {
        self.callID = callID
        self.caller = caller
        self.callerName = callerName
        self.provider = provider
        self.operation = operation
        self.key = key
        self.fingerprint = fingerprint
        self.providerKey = providerKey
        self.risk = risk
        self.node = node
        self.begun = begun
        self.expires = expires ?? begun + Self.lifetime
    }
}
