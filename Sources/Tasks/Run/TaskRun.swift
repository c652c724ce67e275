import Contracts
import Inventory
import Logging
import Store

/// One attempt at one task: from the claim to its end, or until it is stopped.
struct TaskRun: Sendable {
    let record: TaskRecord
    let ground: TaskGround
    let calls: any CallRunner
    let renderer: Renderer
    let options: EngineOptions
    let control: RunControl
    let worker: String

    private var logger: Logger {
        var logger = ground.logger
        logger[metadataKey: "task"] = "\(record.id)"
        logger[metadataKey: "recipe"] = "\(record.recipe)"
        logger[metadataKey: "attempt"] = "\(record.attempt)"
        return logger
    }

    /// Returns when nothing of the run is left. Cancelling the surrounding task ends it as a crash would: nothing more is
    /// said, and the lease runs out.
    func perform() async {
        let journal = RunJournal(
            lease: Lease(task: record.id, fence: record.fence), ground: ground, options: options, logger: logger)
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await journal.keepStoring() }
            // Not a child, because a stop must cancel the work and nothing else; waited for in the lines below.
            let work = Task { try await run(journal) }
            control.began { work.cancel() }
            let end = await withTaskCancellationHandler {
                await work.result
            } onCancel: {
                work.cancel()
            }
            if !Task.isCancelled { await conclude(end, journal) }
            group.cancelAll()
        }
    }

    private func run(_ journal: RunJournal) async throws -> RunEnd {
        if record.fruitless > options.maximumAttempts {
            throw Problem.keepsCrashing(attempts: record.fruitless - 1)
        }
        if record.cancelRequestedBy != nil { throw CancellationError() }
        let recipe = try recipe()
        let memo = StepMemo(try await ground.store.steps(record.id))
        try? ground.workspaces.of(record.id).sweep()
        await journal.stage(TaskCommit(events: [opening]))
        let worker = StepWorker(
            record: record, ground: ground, calls: calls, renderer: renderer, journal: journal)
        return try await RecipeRun(
            record: record, recipe: recipe, memo: memo, worker: worker, journal: journal, clock: ground.clock,
            limits: ground.limits
        ).run()
    }

    private func recipe() throws(Problem) -> CompiledRecipe {
        let compiled: CompiledRecipe?
        do throws(RecipeFault) {
            compiled = try ground.book.compiled(record.recipe)
        } catch {
            throw Problem.recipeBroken(record.recipe, log: error.message)
        }
        guard let compiled else { throw Problem.recipeGone(record.recipe) }
        guard compiled.recipe.fingerprint == record.fingerprint else {
            throw Problem.recipeChanged(record.recipe)
        }
        return compiled
    }

    private var opening: NewEvent {
        if record.attempt > 1 {
            return RunEvents.resumed(
                attempt: record.attempt, reason: "The server stopped in the middle; finished steps are kept.")
        }
        // The first event is task.queued.
        guard record.lastEvent > 1 else { return RunEvents.started(attempt: record.attempt, worker: worker) }
        return RunEvents.resumed(attempt: record.attempt, reason: "The task goes on after a pause.")
    }

    // MARK: - The end

    private func conclude(_ end: Result<RunEnd, any Error>, _ journal: RunJournal) async {
        do {
            guard let commit = try last(end) else { return }
            try await journal.commit(commit)
        } catch let error as StoreError where error.code == .leaseLost {
            logger.debug("Another worker has the task, or it has ended")
        } catch {
            logger.error(
                "The end of a run could not be stored; the task will be tried again", metadata: ["error": "\(error)"])
        }
    }

    /// What is left to be written; nil if nothing may be. Throws what kept the run from its end.
    private func last(_ end: Result<RunEnd, any Error>) throws -> TaskCommit? {
        let isDone = if case .success = end { true } else { false }
        switch control.stop ?? record.cancelRequestedBy.map({ .cancelled(by: $0) }) {
        case .lost: return nil
        case .cancelled(let by): return TaskCommit(events: [RunEvents.cancelled(by: by)], change: .cancelled)
        case .released where !isDone && !Self.isProblem(end): return TaskCommit(change: .released)
        case .released, nil: break
        }
        do {
            return commit(try end.get())
        } catch let error as StoreError {
            throw error
        } catch {
            let problem = error as? Problem ?? Problem.unexpected(error)
            logger.info(
                "A task failed",
                metadata: ["code": "\(problem.code)", "detail": "\(problem.detail)", "log": "\(problem.log)"])
            return TaskCommit(events: [RunEvents.failed(problem.json())], change: .failed(problem: problem.json()))
        }
    }

    private func commit(_ end: RunEnd) -> TaskCommit {
        switch end {
        case .done(let result):
            let ms = (ground.clock.now() - (record.started ?? record.created)).milliseconds
            return TaskCommit(events: [RunEvents.finished(result: result, ms: ms)], change: .done(result: result))
        case .waiting(let until):
            return TaskCommit(change: .waiting(until: until))
        }
    }

    private static func isProblem(_ end: Result<RunEnd, any Error>) -> Bool {
        if case .failure(let error) = end { error is Problem } else { false }
    }
}
