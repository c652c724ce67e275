import Logging
import Store

/// The only way in which a run writes: under its lease, in order, in as few commits as possible.
///
/// Events reach those who follow the task once they are durable, and never when the lease was lost. A write that the
/// store could not do is tried again for a while, so that a full disk pauses a task instead of ending it.
actor RunJournal {
    private let lease: Lease
    private let ground: TaskGround
    private let options: EngineOptions
    private let logger: Logger
    private var buffer = JournalBuffer()
    private var waiting: [CheckedContinuation<Void, Never>] = []
    private let staged = Wakeup()

    init(lease: Lease, ground: TaskGround, options: EngineOptions, logger: Logger) {
        self.lease = lease
        self.ground = ground
        self.options = options
        self.logger = logger
    }

    /// Takes a piece along with the next commit, which comes by itself soon.
    func stage(_ piece: TaskCommit) {
        buffer.add(piece)
        staged.ring()
    }

    /// Stores the piece and everything before it. Throws `StoreError`.
    func commit(_ piece: TaskCommit) async throws {
        buffer.add(piece)
        try await sync()
    }

    /// Returns once everything said so far is durable. Throws `StoreError`.
    func sync() async throws {
        let ticket = buffer.newest
        while true {
            switch buffer.turn(for: ticket) {
            case .done: return
            case .fail(let error): throw error
            case .wait: await withCheckedContinuation { waiting.append($0) }
            case .write(let commit):
                do throws(StoreError) {
                    ground.hub.publish(lease.task, try await write(commit))
                    buffer.wrote()
                } catch {
                    buffer.broke(error)
                }
                let waiting = waiting
                self.waiting = []
                for continuation in waiting { continuation.resume() }
            }
        }
    }

    /// Stores what was staged, a moment after it was; runs until it is cancelled.
    func keepStoring() async {
        while !Task.isCancelled {
            await staged.wait()
            guard !Task.isCancelled, (try? await ground.clock.sleep(for: options.linger)) != nil else { return }
            // A failure is kept and met by whoever stores next.
            if buffer.hasPending { try? await sync() }
        }
    }

    private func write(_ commit: TaskCommit) async throws(StoreError) -> [JournalEvent] {
        var pause = Duration.milliseconds(250)
        var retries = 0
        while true {
            do {
                return try await ground.store.commit(lease, commit, at: ground.clock.now())
            } catch {
                let error =
                    error as? StoreError ?? StoreError(.failed, "The journal could not be written.", detail: "\(error)")
                guard error.code != .leaseLost, error.code != .unreadable, retries < options.storeRetries else {
                    throw error
                }
                logger.warning("The journal could not be written; trying again", metadata: ["error": "\(error)"])
                retries += 1
                // A cancelled pause is no pause: the write is tried again at once, and then given up.
                if (try? await ground.clock.sleep(for: pause)) == nil { retries = options.storeRetries }
                pause += pause
            }
        }
    }
}
