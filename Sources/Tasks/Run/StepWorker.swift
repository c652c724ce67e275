import Contracts
import Inventory
import Store
import Synchronization

/// Does single pieces of work: a step, or one item of it. Throws `Problem`, `StoreError` or `CancellationError`.
struct StepWorker: Sendable {
    let record: TaskRecord
    let ground: TaskGround
    let calls: any CallRunner
    let renderer: Renderer
    let journal: RunJournal

    /// `context` is what the step's expressions see; `item` names the item, if the piece is one.
    func perform(
        _ step: CompiledStep, context: JSONValue, item: (index: Int, label: String)?
    ) async throws -> StepOutcome {
        switch step.work {
        case .call(let provider, let operation, let with):
            return try await call(step, provider, operation, with, context: context, item: item)
        case .transform(let program):
            return try transform(step, program, context: context)
        case .table(let file, let rows, let columns):
            return try await table(step, file: file, rows: rows, columns: columns, context: context)
        case .render(let template, let file, let data):
            return try await render(step, template: template, file: file, data: data, context: context)
        case .wait:
            // Waits hold no worker: the recipe's run sees to them.
            return StepOutcome(result: .null, summary: "")
        }
    }

    // MARK: - Calls

    private func call(
        _ step: CompiledStep, _ provider: String, _ operation: String, _ with: Formula?, context: JSONValue,
        item: (index: Int, label: String)?
    ) async throws -> StepOutcome {
        let key = item.map { StepMemo.key(step.name, $0.index) } ?? step.name
        let call = StepCall(
            task: record.id, tenant: record.tenant, owner: record.owner, step: key, provider: provider,
            operation: operation, input: try with?.value(context, step: step.name) ?? [:],
            idempotencyKey: IdempotencyKey.make(task: record.id, step: key))
        // What was finished before is durable before anything new is done to the world.
        try await journal.sync()
        try Task.checkCancellation()
        let began = ground.clock.uptime()
        let tries = Mutex(TryClock(began: began))
        let answer: JSONValue
        do {
            answer = try await calls.call(call) { attempt in
                let footing = tries.withLock { $0.add(attempt, at: ground.clock.uptime()) }
                await journal.stage(
                    TaskCommit(events: [
                        RunEvents.callTry(call, step: step.name, item: item, attempt, footing: footing)
                    ]))
            }
        } catch {
            await count(retried: tries.withLock { $0.wasRetried })
            throw error
        }
        await count(retried: tries.withLock { $0.wasRetried })
        let ms = Int((ground.clock.uptime() - began).milliseconds)
        return StepOutcome(result: try limited(answer, step), summary: "Answered in \(ms) ms")
    }

    private func count(retried: Bool) async {
        await journal.stage(TaskCommit(callsMade: 1, callsRetried: retried ? 1 : 0))
    }

    // MARK: - Transforms

    private func transform(
        _ step: CompiledStep, _ program: JQProgram, context: JSONValue
    ) throws(Problem) -> StepOutcome {
        let results: [JSONValue]
        do throws(JQError) {
            results = try program.run(context)
        } catch {
            throw Problem.stepBroken(step.name, "its program ended with an error.", log: error.message)
        }
        let result = results.count == 1 ? results[0] : results.isEmpty ? .null : .array(results)
        return StepOutcome(result: try limited(result, step), summary: "Computed")
    }

    // MARK: - Files

    private func table(
        _ step: CompiledStep, file: Formula, rows: Formula, columns: [TableColumn], context: JSONValue
    ) async throws -> StepOutcome {
        let name = try file.text(context, step: step.name)
        guard let rows = try rows.value(context, step: step.name).arrayValue else {
            throw Problem.stepBroken(step.name, "its rows are not a list.")
        }
        let bytes: [UInt8]
        do throws(RecipeFault) {
            bytes = try CSVWriter.write(rows: rows, columns: columns)
        } catch {
            throw Problem.stepBroken(step.name, error.message)
        }
        return try await publish(name, bytes, summary: rows.count == 1 ? "1 row" : "\(rows.count) rows")
    }

    private func render(
        _ step: CompiledStep, template: String, file: Formula, data: Formula, context: JSONValue
    ) async throws -> StepOutcome {
        let name = try file.text(context, step: step.name)
        guard FileName.isSafe(name) else { throw Problem.fileNameRefused(name) }
        let data = try data.value(context, step: step.name)
        let bytes = try await renderer.render(template: template, data: data, file: name)
        return try await publish(name, bytes, summary: "\(max(1, bytes.count / 1024)) KB")
    }

    private func publish(_ name: String, _ bytes: [UInt8], summary: String) async throws -> StepOutcome {
        try await journal.sync()
        try Task.checkCancellation()
        let artifact = try ground.workspaces.of(record.id, tenant: record.tenant).publish(
            name, bytes, at: ground.clock.now())
        return StepOutcome(
            result: [
                "file": .string(name), "size": JSONValue(artifact.size), "type": .string(artifact.type),
                "sha256": .string(artifact.sha256),
            ], summary: "\(name), \(summary)", events: [RunEvents.published(artifact)])
    }

    private func limited(_ result: JSONValue, _ step: CompiledStep) throws(Problem) -> JSONValue {
        guard result.encoded().count <= ground.limits.result else {
            throw Problem.resultTooLarge(step.name, limit: ground.limits.result)
        }
        return result
    }
}
