import Logging
import ServiceLifecycle
import Store
import Synchronization

/// Claims tasks and runs them: several at a time, each under a lease that a heartbeat renews.
///
/// What keeps tasks safe is the store: every write carries the fence of its lease, so a worker that was paused and comes
/// back can change nothing. The engine's part is to notice early: a lost lease stops its run at once and without a word.
/// An orderly shutdown lets runs go on for a while, then gives them back; a crash leaves them to the next claim after the
/// lease has ended (or at once, see `EngineOptions.reclaimAtStart`).
package actor TaskEngine: Service {
    private let ground: TaskGround
    private let calls: any CallRunner
    private let renderer: Renderer
    private let options: EngineOptions
    /// New with every start of the process.
    package nonisolated let worker: String
    nonisolated let isStopping = Atomic<Bool>(false)

    private var state: EngineState
    private var controls: [Lease: RunControl] = [:]
    /// Until when each lease holds, as far as this process knows.
    private var leaseEnds: [Lease: Timestamp] = [:]
    private let becameIdle = Wakeup()
    private var storeIsDown = false

    package init(
        ground: TaskGround, calls: any CallRunner, renderer: Renderer, options: EngineOptions = EngineOptions()
    ) {
        self.ground = ground
        self.calls = calls
        self.renderer = renderer
        self.options = options
        worker = ground.ids.next("w_")
        state = EngineState(slots: options.concurrency)
    }

    /// Runs until the service group shuts down, then gives running tasks `EngineOptions.grace` to end.
    ///
    /// Cancelling the surrounding task ends the engine as a crash would.
    package func run() async throws {
        await withGracefulShutdownHandler {
            await withDiscardingTaskGroup { group in
                group.addTask { await self.keepLeases() }
                group.addTask { await self.obeyCancellations() }
                if options.reclaimAtStart { await endForeignLeases() }
                while !isStopping.load(ordering: .relaxed), !Task.isCancelled {
                    for record in await claim() {
                        let run = begin(record)
                        group.addTask {
                            await run.perform()
                            await self.ended(record)
                        }
                    }
                    await pause()
                }
                if !Task.isCancelled { await drain() }
                group.cancelAll()
            }
        } onGracefulShutdown: {
            self.stop()
        }
    }

    private nonisolated func stop() {
        isStopping.store(true, ordering: .relaxed)
        ground.signals.submitted()
    }

    // MARK: - Claims

    private func claim() async -> [TaskRecord] {
        let now = ground.clock.now()
        // After a stall of the process its own leases may have ended: they are renewed before it claims from itself.
        if leaseEnds.values.contains(where: { $0 <= now }) { await renew() }
        guard state.free > 0 else { return [] }
        do {
            let records = try await ground.store.claim(
                worker: worker, limit: state.free, now: now, leaseUntil: now + options.lease)
            storeIsDown = false
            return records
        } catch {
            if !storeIsDown { ground.logger.error("Tasks cannot be claimed", metadata: ["error": "\(error)"]) }
            storeIsDown = true
            return []
        }
    }

    /// Until something was submitted or has ended, a task is due, or it is time to look again.
    private func pause() async {
        guard !isStopping.load(ordering: .relaxed) else { return }
        guard state.free > 0 else {
            await ground.signals.submissions.wait()
            return
        }
        let now = ground.clock.now()
        let due = (try? await ground.store.nextDue(after: now)).flatMap(\.self)
        let time = min(options.poll, due.map { max($0 - now, .milliseconds(1)) } ?? options.poll)
        await ground.signals.submissions.wait(atMost: time, by: ground.clock)
    }

    /// Ends the leases of other workers, which can only be those of a process that died.
    private func endForeignLeases() async {
        do {
            let orphans = try await ground.store.tasks(TaskQuery(state: .running, limit: 1000))
                .filter { $0.worker != worker }
            guard !orphans.isEmpty else { return }
            let leases = orphans.map { Lease(task: $0.id, fence: $0.fence) }
            _ = try await ground.store.renew(leases, until: ground.clock.now())
            ground.logger.info("Taking over tasks of a stopped server", metadata: ["count": "\(orphans.count)"])
        } catch {
            ground.logger.error("Tasks of a stopped server wait for their leases", metadata: ["error": "\(error)"])
        }
    }

    private func begin(_ record: TaskRecord) -> TaskRun {
        let lease = Lease(task: record.id, fence: record.fence)
        let control = RunControl()
        apply(state.began(lease))
        controls[lease] = control
        leaseEnds[lease] = record.leaseUntil ?? ground.clock.now() + options.lease
        ground.hub.announce(record.id)
        return TaskRun(
            record: record, ground: ground, calls: calls, renderer: renderer, options: options, control: control,
            worker: worker)
    }

    private func ended(_ record: TaskRecord) {
        let lease = Lease(task: record.id, fence: record.fence)
        state.ended(lease)
        controls.removeValue(forKey: lease)
        leaseEnds.removeValue(forKey: lease)
        ground.signals.submitted()
        if state.isIdle { becameIdle.ring() }
    }

    // MARK: - Leases

    private func keepLeases() async {
        while (try? await ground.clock.sleep(for: options.heartbeat)) != nil { await renew() }
    }

    private func renew() async {
        let leases = state.leases
        guard !leases.isEmpty else { return }
        let until = ground.clock.now() + options.lease
        do {
            let statuses = try await ground.store.renew(leases, until: until)
            for (lease, status) in statuses where status != .lost && leaseEnds[lease] != nil {
                leaseEnds[lease] = until
            }
            apply(state.heard(statuses))
        } catch {
            ground.logger.error("Leases could not be renewed", metadata: ["error": "\(error)"])
            let now = ground.clock.now()
            apply(state.expired(leases.filter { leaseEnds[$0].map { $0 <= now } ?? false }))
        }
    }

    private func obeyCancellations() async {
        while !Task.isCancelled {
            await ground.signals.cancels.wait()
            for (task, by) in ground.signals.takeCancellations() { apply(state.cancel(task: task, by: by)) }
        }
    }

    private func apply(_ actions: [EngineState.Action]) {
        for action in actions {
            switch action {
            case .stop(let lease, let reason): controls[lease]?.stop(reason)
            }
        }
    }

    // MARK: - Shutdown

    private func drain() async {
        state.drain()
        let deadline = ground.clock.uptime() + options.grace
        while !state.isIdle, ground.clock.uptime() < deadline, !Task.isCancelled {
            await becameIdle.wait(atMost: deadline - ground.clock.uptime(), by: ground.clock)
        }
        apply(state.release())
        while !state.isIdle, !Task.isCancelled { await becameIdle.wait() }
    }
}
