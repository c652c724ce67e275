/// Intents and outcomes of writes: what makes a write happen once, whatever crashes.
///
/// `begin` is durable before it says `.begun`; only then may the write be sent. Every write that was begun ends with
/// `settle`; one that does not, because its node died, becomes unknown, and stays so until its answer turns up after
/// all or a person resolves it.
package protocol IntentStore: Sendable {
    /// A node starts to work and is taken for alive until the moment.
    ///
    /// Returns the writes whose outcome nobody knows any more, because the node that sent them has died. A driver that
    /// serves a single node takes every other one for dead at once.
    func nodeStarted(_ node: String, at: Timestamp, until: Timestamp) async throws -> [IntentRecord]
    /// The node's heartbeat; returns what became unknown since, as `nodeStarted` does.
    func nodeLives(_ node: String, at: Timestamp, until: Timestamp) async throws -> [IntentRecord]
    /// The node ends in order; what it still has in flight becomes unknown.
    func nodeEnded(_ node: String, at: Timestamp) async throws

    /// - Parameter mayRepeat: whether the provider honours `providerKey`, so that a write of unknown outcome may be
    ///   sent again. Never true for a write without a key of its caller.
    func begin(_ intent: NewIntent, mayRepeat: Bool) async throws -> IntentStart
    /// Keeps how the call's write ended. An answer is believed whatever was thought before, a second one is not; a
    /// write that is a repetition and had no effect is as unknown as it was. Returns false when the store has no such
    /// write: another call has taken it over, or its answer was kept already.
    func settle(_ callID: String, _ outcome: IntentOutcome, at: Timestamp) async throws -> Bool
    /// The writes whose outcome nobody knows, the oldest first.
    func unknownIntents() async throws -> [IntentRecord]
    /// Keeps what a person found out about a write of unknown outcome. Returns the write as it is now, changed only if
    /// it was unknown; nil when there is none.
    func resolve(_ callID: String, as resolution: IntentResolution, by: String, at: Timestamp) async throws
        -> IntentRecord?
    /// Forgets answers whose time has come; returns how many.
    func removeExpiredIntents(at: Timestamp) async throws -> Int
}
