package import Contracts
import Crypto
import Inventory
package import Store

/// What server and command line ask of tasks: submit, look, cancel, follow, fetch files.
///
/// It authorises nobody: callers have checked scopes and ownership before. Errors are `Problem` where the caller can
/// do something about them, else `StoreError`.
package struct TaskService: Sendable {
    private let ground: TaskGround

    package init(ground: TaskGround) {
        self.ground = ground
    }

    // MARK: - Submitting

    /// Checks the input and stores the task; durable before it returns. `idempotencyKey` counts per owner.
    package func submit(
        recipe name: String, input: JSONValue, caller: TaskOwner, idempotencyKey: String? = nil
    ) async throws -> Submission {
        // Built-in recipes stand for a call and need the scope of that call: they are submitted by submitCall.
        guard !name.hasPrefix(CompiledRecipe.callPrefix), let recipe = try compiled(name) else {
            throw Problem.recipeUnknown(name, suggestion: ground.book.suggestion(for: name))
        }
        let text = try inputText(input)
        try recipe.input?.check(input)
        return try await submit(recipe, input, text: text, caller, idempotencyKey)
    }

    /// Makes a task of one call of a slow operation; the task's result is the answer. `input` is
    /// `{"path": {}, "query": {}, "headers": {}, "body": ...}` and was checked against the operation's contract.
    package func submitCall(
        provider: String, operation: String, input: JSONValue, caller: TaskOwner, idempotencyKey: String? = nil
    ) async throws -> Submission {
        guard let recipe = try compiled("\(CompiledRecipe.callPrefix)\(provider).\(operation)") else {
            throw Problem.operationUnknown(provider, operation)
        }
        return try await submit(recipe, input, text: try inputText(input), caller, idempotencyKey)
    }

    private func compiled(_ name: String) throws(Problem) -> CompiledRecipe? {
        do throws(RecipeFault) {
            return try ground.book.compiled(name)
        } catch {
            throw Problem.recipeBroken(name, log: error.message)
        }
    }

    private func inputText(_ input: JSONValue) throws(Problem) -> [UInt8] {
        let text = input.encoded()
        guard text.count <= ground.limits.input else { throw Problem.inputTooLarge(limit: ground.limits.input) }
        return text
    }

    private func submit(
        _ recipe: CompiledRecipe, _ input: JSONValue, text: [UInt8], _ caller: TaskOwner, _ idempotencyKey: String?
    ) async throws -> Submission {
        guard (idempotencyKey ?? "x").utf8.count <= 255, idempotencyKey != "" else {
            throw Problem.inputInvalid([
                .init(pointer: "", message: "An idempotency key has 1 to 255 characters.")
            ])
        }
        var hash = SHA256()
        hash.update(data: Array("\(recipe.name)\n".utf8))
        hash.update(data: text)
        let task = NewTask(
            id: ground.ids.next("tk_"), recipe: recipe.name, fingerprint: recipe.recipe.fingerprint,
            title: recipe.title(input: input, limit: ground.limits.title), input: input, tenant: caller.tenant,
            owner: caller.ownerID, idempotencyKey: idempotencyKey, requestHash: Hex.text(hash.finalize()))
        let submission = try await ground.store.submit(task, at: ground.clock.now())
        if case .created(let record) = submission {
            ground.hub.announce(record.id)
            ground.signals.submitted()
        }
        return submission
    }

    // MARK: - Looking

    package func task(_ id: String) async throws -> TaskRecord? {
        try await ground.store.task(id)
    }

    package func list(_ query: TaskQuery) async throws -> [TaskRecord] {
        try await ground.store.tasks(query)
    }

    /// The task with its steps, as `GET /v1/tasks/{id}` shows it; nil if there is none.
    package func detail(_ id: String) async throws -> JSONValue? {
        guard let record = try await ground.store.task(id) else { return nil }
        var timeline = StepTimeline(recipe: ground.book.recipe(named: record.recipe))
        var after = 0
        while after < record.lastEvent {
            let events = try await ground.store.events(id, after: after, limit: 500)
            guard let last = events.last else { break }
            for event in events where event.number <= record.lastEvent { timeline.apply(event) }
            after = last.number
        }
        return TaskView.detail(record, timeline)
    }

    /// Events with a number above `after`, in order, at most `limit`.
    package func events(_ id: String, after: Int = 0, limit: Int = 500) async throws -> [JournalEvent] {
        try await ground.store.events(id, after: after, limit: limit)
    }

    /// The journal from event `after` on: what is stored, then what comes, until the final event.
    package func follow(_ id: String, after: Int = 0) -> JournalFollow {
        JournalFollow(task: id, after: after, store: ground.store, hub: ground.hub)
    }

    /// Ids of tasks as they change; see `JournalHub.changes`.
    package func changes() -> AsyncStream<String> {
        ground.hub.changes()
    }

    // MARK: - Cancelling

    /// A task that waits is cancelled at once, a running one as soon as its worker hears of it. Returns the task as it is
    /// then; nil if there is none.
    package func cancel(_ id: String, by: String) async throws -> TaskRecord? {
        guard let (record, events) = try await ground.store.requestCancel(id, by: by, at: ground.clock.now()) else {
            return nil
        }
        ground.hub.publish(id, events)
        if record.state == .running { ground.signals.cancelRequested(id, by: by) }
        return record
    }

    // MARK: - Files

    /// The task's finished files by name. Throws `Problem`.
    package func files(_ id: String) throws -> [Artifact] {
        try ground.workspaces.of(id).list()
    }

    /// One file opened for reading; nil if there is none of that name. Throws `Problem`.
    package func file(_ id: String, _ name: String) throws -> OpenArtifact? {
        try ground.workspaces.of(id).open(name)
    }
}
