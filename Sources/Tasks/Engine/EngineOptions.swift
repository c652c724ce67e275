/// How an engine works.
package struct EngineOptions: Sendable, Equatable {
    /// Tasks that run at the same time.
    package var concurrency: Int
    /// How long a claim holds without a heartbeat.
    package var lease: Duration
    package var heartbeat: Duration
    /// The longest time between two looks for something to claim.
    package var poll: Duration
    /// How long an orderly shutdown lets running tasks go on.
    package var grace: Duration
    /// Claims of one task, each after the crash of the one before.
    package var maximumAttempts: Int
    /// How long small events wait for others to be stored with them.
    package var linger: Duration
    /// How often a write that the store could not do is tried again, with growing pauses.
    package var storeRetries: Int
    /// Claims at start what another process left behind without waiting for its lease to end. Right only where a single
    /// process uses the store.
    package var reclaimAtStart: Bool

    package init(
        concurrency: Int = 16, lease: Duration = .seconds(10), heartbeat: Duration = .seconds(3),
        poll: Duration = .seconds(1), grace: Duration = .seconds(15), maximumAttempts: Int = 10,
        linger: Duration = .milliseconds(20), storeRetries: Int = 6, reclaimAtStart: Bool = true
    ) {
        self.concurrency = concurrency
        self.lease = lease
        self.heartbeat = heartbeat
        self.poll = poll
        self.grace = grace
        self.maximumAttempts = maximumAttempts
        self.linger = linger
        self.storeRetries = storeRetries
        self.reclaimAtStart = reclaimAtStart
    }
}
