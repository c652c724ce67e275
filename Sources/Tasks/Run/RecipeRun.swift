import Contracts
import Inventory
import Store

/// Interprets one recipe for one task, from where its memo ends.
///
/// Steps go one after the other, the items of a `for_each` a few at a time. What is finished is staged together with its
/// memo, so that both land in the same commit, and it is durable before the next piece of work touches the world.
struct RecipeRun: Sendable {
    /// A failed item, with its place in the timeline.
    private struct ItemFailure: Error {
        let cause: any Error
        let index: Int
        let label: String
    }

    private struct FinishedItem: Sendable {
        let index: Int
        let label: String
        let outcome: StepOutcome
        let ms: Double
    }

    private enum StepEnd {
        case finished(JSONValue)
        case waiting(until: Timestamp)
    }

    let record: TaskRecord
    let recipe: CompiledRecipe
    let memo: StepMemo
    let worker: StepWorker
    let journal: RunJournal
    let clock: any WallClock
    let limits: TaskLimits

    /// Throws `Problem` when a step failed, `StoreError`, or `CancellationError`.
    func run() async throws -> RunEnd {
        var context = RunContext(input: record.input, task: record.id)
        for (index, step) in recipe.steps.enumerated() {
            try Task.checkCancellation()
            if let result = memo.result(of: step.name) {
                context.finished(step.name, result)
            } else if let when = step.when, !Self.holds(try when.value(context.json, step: step.name)) {
                context.finished(step.name, .null)
                await stage(
                    [RunEvents.stepSkipped(step.step)], memo: (step.name, .null), progress(index + 1, step, nil))
            } else {
                switch try await perform(step, at: index, context) {
                case .finished(let result): context.finished(step.name, result)
                case .waiting(let until): return .waiting(until: until)
                }
            }
        }
        let result = try recipe.result(context)
        guard result.encoded().count <= limits.result else {
            throw Problem.resultTooLarge("result", limit: limits.result)
        }
        return .done(result)
    }

    private func perform(_ step: CompiledStep, at index: Int, _ context: RunContext) async throws -> StepEnd {
        if case .wait(let duration) = step.work { return await wait(step, duration, at: index) }
        do {
            let items = try items(step, context)
            let began = clock.uptime()
            await stage([RunEvents.stepStarted(step.step, items: items?.count)], progress(index, step, nil))
            let outcome =
                if let items {
                    try await performAll(step, items, at: index, context)
                } else {
                    try await worker.perform(step, context: context.json, item: nil)
                }
            let ms = (clock.uptime() - began).milliseconds
            await stage(
                outcome.events + [RunEvents.stepFinished(step.step, ms: ms, summary: outcome.summary)],
                memo: (step.name, outcome.result), progress(index + 1, step, nil))
            return .finished(outcome.result)
        } catch {
            throw try await failed(step, error)
        }
    }

    /// Returns the problem that ends the task; throws what is not the step's fault.
    private func failed(_ step: CompiledStep, _ error: any Error) async throws -> Problem {
        let failure = error as? ItemFailure
        let cause = failure?.cause ?? error
        if cause is StoreError || (cause is CancellationError && Task.isCancelled) { throw cause }
        let problem = cause as? Problem ?? Problem.unexpected(cause)
        await stage([
            RunEvents.stepFailed(step.step, problem.json(), item: failure.map { ($0.index, $0.label) })
        ])
        return problem
    }

    // MARK: - Items

    private func items(_ step: CompiledStep, _ context: RunContext) throws(Problem) -> [JSONValue]? {
        guard let forEach = step.forEach else { return nil }
        guard let items = try forEach.value(context.json, step: step.name).arrayValue else {
            throw Problem.stepBroken(step.name, "its for_each is not a list.")
        }
        guard items.count <= limits.items else {
            throw Problem.tooMany(step.name, count: items.count, limit: limits.items)
        }
        return items
    }

    private func performAll(
        _ step: CompiledStep, _ items: [JSONValue], at place: Int, _ context: RunContext
    ) async throws -> StepOutcome {
        var queue = ItemQueue(count: items.count) { memo.result(of: step.name, item: $0) }
        try await withThrowingTaskGroup(of: FinishedItem.self) { group in
            for _ in 0..<max(1, step.step.concurrency) {
                guard let index = queue.begin() else { break }
                group.addTask { try await perform(step, items[index], index, context) }
            }
            while let item = try await group.next() {
                queue.finish(item.index, item.outcome.result)
                await stage(
                    item.outcome.events + [
                        RunEvents.itemFinished(step.step, index: item.index, label: item.label, ms: item.ms),
                        RunEvents.stepProgress(step.step, done: queue.done, total: queue.count),
                    ], memo: (StepMemo.key(step.name, item.index), item.outcome.result),
                    progress(place, step, (queue.done, queue.count)))
                guard let index = queue.begin() else { continue }
                group.addTask { try await perform(step, items[index], index, context) }
            }
        }
        return StepOutcome(
            result: .array(queue.all ?? []), summary: items.count == 1 ? "1 item" : "\(items.count) items")
    }

    private func perform(
        _ step: CompiledStep, _ item: JSONValue, _ index: Int, _ context: RunContext
    ) async throws -> FinishedItem {
        var label = String(index + 1)
        do {
            let context = context.json(item: item, index: index)
            if let formula = step.label { label = String(try formula.text(context, step: step.name).prefix(200)) }
            let began = clock.uptime()
            await stage([RunEvents.itemStarted(step.step, index: index, label: label)])
            let outcome = try await worker.perform(step, context: context, item: (index, label))
            return FinishedItem(
                index: index, label: label, outcome: outcome, ms: (clock.uptime() - began).milliseconds)
        } catch {
            throw ItemFailure(cause: error, index: index, label: label)
        }
    }

    // MARK: - Waits

    /// A wait remembers when it ends, so that a restart neither shortens nor repeats it.
    private func wait(_ step: CompiledStep, _ duration: Duration, at index: Int) async -> StepEnd {
        let now = clock.now()
        let known = memo.end(ofWait: step.name)
        let end = known ?? now + duration
        if known == nil { await stage([RunEvents.stepStarted(step.step, items: nil)], progress(index, step, nil)) }
        guard end <= now else {
            await stage([], memo: (StepMemo.endKey(step.name), .number(JSONNumber(Int(end.milliseconds)))))
            return .waiting(until: end)
        }
        let ms = (now - (end - duration)).milliseconds
        await stage(
            [RunEvents.stepFinished(step.step, ms: ms, summary: "Waited")], memo: (step.name, .null),
            progress(index + 1, step, nil))
        return .finished(.null)
    }

    // MARK: - Words

    private func stage(
        _ events: [NewEvent], memo: (key: String, result: JSONValue)? = nil, _ progress: JSONValue? = nil
    ) async {
        let records = memo.map { [StepRecord(key: $0.key, result: $0.result, finished: clock.now())] } ?? []
        await journal.stage(TaskCommit(events: events, steps: records, progress: progress))
    }

    private func progress(_ done: Int, _ step: CompiledStep, _ items: (done: Int, total: Int)?) -> JSONValue {
        let text = items.map { "\(step.step.title): \($0.done) of \($0.total)" } ?? step.step.title
        return [
            "done": JSONValue(done), "total": JSONValue(recipe.steps.count), "step": .string(step.name),
            "text": .string(text),
        ]
    }

    private static func holds(_ value: JSONValue) -> Bool {
        switch value {
        case .null, .bool(false): false
        default: true
        }
    }
}
