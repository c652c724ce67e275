import Contracts
package import Gateway
import Inventory
package import Logging
import ServiceLifecycle
package import Store
import Synchronization

/// Counts every call, and writes those worth a row to the store, the log and whoever watches live.
///
/// Plain reads, and refusals that callers brought about themselves, are only counted beyond a few a second and operation. The corridor hands calls over without waiting.
/// Rows are stored in the order the calls ended, in batches as fast as the store commits; while the store cannot write
/// (a full disk), the newest are kept in memory and the number that had to be dropped is logged. Counts are stored
/// once a second.
package final class Ledger: CallSink, Service {
    private struct Pending {
        var calls: [CallRecord] = []
        var dropped = 0
    }

    private static let capacity = 10_000
    /// Log lines about new drift of one operation that are written at once.
    private static let linesAtOnce = 20
    private static let saveInterval = Duration.seconds(1)
    /// What figures are computed from.
    package let counter: CallCounter
    private let store: any CallStore & TallyStore
    private let live: LiveHub
    private let logger: Logger
    private let clock: any WallClock
    private let pending = Mutex(Pending())
    private let drift = DriftGathering()
    private let desk: DriftDesk?
    private let signal: AsyncStream<Void>
    private let wake: AsyncStream<Void>.Continuation

    /// - Parameters:
    ///   - rowsPerSecond: how many plain reads of an operation keep a row of their own in one second, and as many of its
    ///     refusals.
    ///   - desk: told when drift was stored.
    package init(
        store: any CallStore & TallyStore, live: LiveHub, logger: Logger, clock: any WallClock, rowsPerSecond: Int = 20,
        desk: DriftDesk? = nil
    ) {
        self.desk = desk
        self.store = store
        counter = CallCounter(clock: clock, rowsPerSecond: rowsPerSecond)
        self.live = live
        self.logger = logger
        self.clock = clock
        (signal, wake) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    package func slot(provider: String, operation: String) -> Int {
        counter.slot(provider: provider, operation: operation)
    }

    package func tally(_ facts: CallFacts) -> Bool {
        counter.tally(facts)
    }

    package func finished(_ call: CallRecord) {
        counter.count(call)
        logger.log(level: call.logLevel, "call", metadata: call.logMetadata)
        live.publish(topic: "calls", event: "call", CallView.row(call))
        pending.withLock { pending in
            pending.calls.append(call)
            if pending.calls.count > Self.capacity {
                pending.calls.removeFirst()
                pending.dropped += 1
            }
        }
        wake.yield()
    }

    package func drifted(_ report: DriftReport) {
        drift.add(report)
        wake.yield()
    }

    /// Runs until graceful shutdown, then stores what is left.
    package func run() async throws {
        do {
            try await counter.load(from: store)
        } catch {
            logger.error("earlier counts not read", metadata: ["reason": "\(error)"])
        }
        await desk?.refresh()
        await withGracefulShutdownHandler {
            await withTaskGroup(of: Void.self) { group in
                group.addTask { [self] in
                    while (try? await clock.sleep(for: Self.saveInterval)) != nil { await saveCounts() }
                }
                for await _ in signal { await flush() }
                group.cancelAll()
            }
        } onGracefulShutdown: { [wake] in
            wake.finish()
        }
        await flush()
        await saveCounts()
    }

    /// Stores what was counted. Called by `run`; tests may call it.
    package func saveCounts() async {
        do {
            let dropped = try await counter.save(to: store)
            if dropped > 0 { logger.error("counts of calls dropped", metadata: ["calls": "\(dropped)"]) }
        } catch {
            logger.error("counts of calls not written", metadata: ["reason": "\(error)"])
        }
    }

    /// Stores what has gathered. Called by `run`; tests may call it.
    package func flush() async {
        let taken = pending.withLock { pending in
            defer { pending = Pending() }
            return pending
        }
        if taken.dropped > 0 {
            logger.error("ledger rows dropped", metadata: ["count": "\(taken.dropped)"])
        }
        do {
            if !taken.calls.isEmpty { try await store.record(taken.calls) }
        } catch {
            logger.error("ledger not written", metadata: ["reason": "\(error)", "rows": "\(taken.calls.count)"])
            pending.withLock { $0.calls = Array((taken.calls + $0.calls).suffix(Self.capacity)) }
        }
        await flushDrift()
    }

    private func flushDrift() async {
        let findings = drift.take()
        guard !findings.isEmpty else { return }
        do {
            let new = try await store.recordDrift(findings)
            tell(new)
            await desk?.drifted(findings, new: new)
        } catch {
            logger.error("drift not written", metadata: ["reason": "\(error)"])
            drift.giveBack(findings)
        }
    }

    /// The alert: one line the first time, for whoever reads the log, and an event for whoever watches. A provider that
    /// changed everything at once does not fill the log.
    private func tell(_ findings: [DriftRecord]) {
        let operations = Dictionary(grouping: findings) { "\($0.provider).\($0.operation)" }
        for (name, findings) in operations.sorted(by: { $0.key < $1.key }) {
            for finding in findings.prefix(Self.linesAtOnce) {
                logger.log(
                    level: finding.action == "record" ? .info : .warning, "drift",
                    metadata: [
                        "provider": "\(finding.provider)", "operation": "\(finding.operation)",
                        "side": "\(finding.side)", "kind": "\(finding.kind)", "pointer": "\(finding.pointer)",
                        "expected": "\(finding.expected)", "seen": "\(finding.seen)", "action": "\(finding.action)",
                        "call": "\(finding.call ?? "")",
                    ])
            }
            guard findings.count > Self.linesAtOnce else { continue }
            logger.warning(
                "more drift", metadata: ["operation": "\(name)", "shapes": "\(findings.count - Self.linesAtOnce)"])
        }
        if !findings.isEmpty { live.publish(topic: "drift", event: "drift", ["new": JSONValue(findings.count)]) }
    }
}

extension CallRecord {
    /// What went as it should and changed nothing is for those who look for it.
    fileprivate var logLevel: Logger.Level {
        switch outcome {
        case .failed: .warning
        case .retried: .info
        case .answered: risk == .read ? .debug : .info
        }
    }

    /// The fields of the one log line a call leaves.
    fileprivate var logMetadata: Logger.Metadata {
        var fields: Logger.Metadata = [
            "call": "\(id)", "provider": "\(provider)", "operation": "\(operation)", "status": "\(status)",
            "outcome": "\(outcome.rawValue)", "attempts": "\(tries.count)", "ms": "\(totalMilliseconds.tenths)",
            "footing_ms": "\(footingMilliseconds.tenths)", "provider_ms": "\(providerMilliseconds.tenths)",
            "request_id": "\(requestID)", "caller": "\(caller)",
        ]
        if let task { fields["task"] = "\(task)" }
        if let step { fields["step"] = "\(step)" }
        if let who { fields["who"] = "\(who)" }
        if let code { fields["code"] = "\(code)" }
        if case .string(let reason)? = detail["log"] { fields["reason"] = "\(reason)" }
        return fields
    }
}

extension Double {
    /// Rounded to a tenth, for latencies in milliseconds.
    var tenths: Double { (self * 10).rounded() / 10 }
}
