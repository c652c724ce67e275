import Gateway
import Inventory
import Logging
import ServiceLifecycle
import Store
import Tasks

/// What a node does by the clock for itself and the others: its heartbeat, what people changed by hand elsewhere,
/// outcomes the store could not keep at once, and clearing away what has had its day.
///
/// Stands before everything that makes calls in the list of services, so that it ends after them.
struct NodeDuties: Service {
    static let tick = Duration.seconds(1)
    /// Every how many ticks the heartbeat comes; a node is taken for dead after three that are missing.
    static let beat = 5
    static let clearing = 3600
    /// How long counts of calls by the minute are kept; all else is kept as long as the project says.
    static let minutesKept = Duration.seconds(2 * 86_400)
    /// How long the last use of a shared limit, and the counts of daily ones, are kept.
    static let limitsKept = Duration.seconds(31 * 86_400)
    /// Rows of the ledger are removed a few at a time, so that no write waits long: at most a thousand a second.
    static let sweeping = 10
    static let batch = 250
    static let batches = 40

    let node: String
    let store: any IntentStore & ControlStore & ShareStore & QuotaStore & SpendingStore & TallyStore & CallStore
    let controls: ControlBoard
    let unsettled: UnsettledWrites
    let sharing: LimitSharing
    /// nil where nothing costs anything.
    let spending: (any SpendingSource)?
    /// How long what happened is kept, as the inventory in force says.
    let keep: @Sendable () -> Retention
    /// Told whether the heartbeat could be stored.
    let readiness: Readiness
    let clock: any WallClock
    let logger: Logger
    /// nil where tasks have no files.
    var artifacts: ArtifactRetention?

    /// Until when a heartbeat of this moment says the node lives.
    static func lifetime(from now: Timestamp) -> Timestamp { now + .seconds(3 * beat) }

    /// Before the first call is let in: this node begins, and everything set by hand is known.
    func begin() async throws {
        let now = clock.now()
        tell(try await store.nodeStarted(node, at: now, until: Self.lifetime(from: now)))
        try await controls.refresh()
        try await sharing.begin()
        spending?.restore(try await store.spending(day: Spending.day(of: now)))
    }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            var number = 0
            while (try? await clock.sleep(for: Self.tick)) != nil {
                number += 1
                await tick(number)
            }
        }
        await end()
    }

    /// What is due in this second; the first is number 1.
    func tick(_ number: Int) async {
        await attempt("switches and faults not read") { try await controls.refresh() }
        await attempt("costs of calls not stored", saveSpending)
        await attempt("limits not shared") { try await sharing.tick(number) }
        if number % Self.beat == 0 {
            let now = clock.now()
            let wasStored = await attempt("heartbeat not stored") {
                tell(try await store.nodeLives(node, at: now, until: Self.lifetime(from: now)))
            }
            readiness.wrote(wasStored)
            await attempt("outcomes of writes not stored") { try await unsettled.retry(at: now) }
        }
        if number % Self.sweeping == 1 { await attempt("old calls not removed", sweep) }
        if number % Self.clearing == 1 { await attempt("old records not removed", clear) }
    }

    /// After the last call: nothing is left in memory, and the others need not wait for this node.
    func end() async {
        await attempt("outcomes of writes not stored") { try await unsettled.retry(at: clock.now()) }
        // What was told in advance is taken back with the second.
        for _ in 1...2 { await attempt("costs of calls not stored", saveSpending) }
        await attempt("shares of limits not given back", sharing.end)
        await attempt("end of the node not stored") {
            try await store.nodeEnded(node, at: clock.now())
        }
    }

    private func saveSpending() async throws {
        guard let spending else { return }
        let amounts = spending.takeUnsaved()
        do {
            try await store.addSpending(amounts)
        } catch {
            spending.giveBack(amounts)
            throw error
        }
        guard await sharing.livingNodes > 1 else { return }
        spending.restore(try await store.spending(day: Spending.day(of: clock.now())))
    }

    /// Removes what has had its day.
    func clear() async throws {
        let now = clock.now()
        _ = try await store.removeExpiredIntents(at: now)
        _ = try await store.removeFaults(expiredBy: now)
        let kept = keep().counts
        for (period, before) in [(Tally.Period.minute, now - Self.minutesKept), (.hour, now - kept)] {
            try await inBatches { try await store.removeTallies(per: period, before: before, limit: Self.batch) }
        }
        try await store.removeDrift(before: now - keep().calls)
        try await store.removeSpending(before: Spending.day(of: now - kept))
        try await store.removeQuotas(before: Spending.day(of: now - Self.limitsKept))
        try await store.removePastShares(before: now - Self.limitsKept)
        try await clearFiles(at: now)
    }

    /// Removes files of tasks that have had their day.
    private func clearFiles(at now: Timestamp) async throws {
        guard let removed = try await artifacts?.clear(endedBefore: now - keep().artifacts, at: now), removed.files > 0
        else { return }
        logger.info(
            "old files removed",
            metadata: ["tasks": "\(removed.tasks)", "files": "\(removed.files)", "bytes": "\(removed.bytes)"])
    }

    /// Removes rows of the ledger that have had their day.
    func sweep() async throws {
        let before = clock.now() - keep().calls
        try await inBatches { try await store.removeCalls(before: before, limit: Self.batch) }
    }

    /// Each batch is a write of its own, and others come between; what is left waits for the next time.
    private func inBatches(_ remove: () async throws -> Int) async throws {
        for _ in 0..<Self.batches where try await remove() < Self.batch { return }
    }

    private func tell(_ lost: [IntentRecord]) {
        for write in lost {
            logger.warning(
                "outcome of a write unknown",
                metadata: [
                    "call": "\(write.callID)", "provider": "\(write.provider)", "operation": "\(write.operation)",
                    "risk": "\(write.risk.rawValue)", "caller": "\(write.callerName)",
                ])
        }
    }

    @discardableResult
    private func attempt(_ failure: Logger.Message, _ work: () async throws -> Void) async -> Bool {
        do {
            try await work()
            return true
        } catch {
            logger.warning(failure, metadata: ["reason": "\(error)"])
            return false
        }
    }
}
