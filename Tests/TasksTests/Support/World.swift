import Contracts
import Inventory
import Logging
import ServiceLifecycle
import Store
import TestSupport
import Testing

@testable import Tasks

/// A store in a folder of its own, a clock that stands still, and all that tasks need around them.
struct World: Sendable {
    static let owner = TaskOwner(tenant: "default", ownerID: "t_1", ownerName: "web app")

    let folder: TemporaryFolder
    let store: SQLiteStore
    let clock: ManualClock
    let ground: TaskGround
    let service: TaskService

    init(_ recipes: [Recipe], providers: [Provider] = [], limits: TaskLimits = TaskLimits()) throws {
        let folder = try TemporaryFolder()
        try self.init(
            Self.project(recipes, providers, folder: folder), folder: folder, clock: ManualClock(),
            store: SQLiteStore.open(path: folder.file("state.db")), ids: SequentialIDs(), limits: limits)
    }

    /// The same world seen through another store.
    func seen(through store: any TaskStore) -> TaskGround {
        TaskGround(
            store: store, book: ground.book, workspaceRoot: folder.file("workspaces"), clock: clock, ids: ground.ids,
            logger: ground.logger, limits: ground.limits, hub: ground.hub, signals: ground.signals)
    }

    private init(
        _ project: Project, folder: TemporaryFolder, clock: ManualClock, store: SQLiteStore, ids: any IDSource,
        limits: TaskLimits
    ) throws {
        self.folder = folder
        self.clock = clock
        self.store = store
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        ground = TaskGround(
            store: store, book: RecipeBook(project: project), workspaceRoot: folder.file("workspaces"), clock: clock,
            ids: ids, logger: logger, limits: limits)
        service = TaskService(ground: ground)
    }

    /// What another process would see: the same folder, everything else anew; its clock is this one unless told otherwise.
    func reopened(_ recipes: [Recipe], clock: ManualClock? = nil) throws -> World {
        try World(
            Self.project(recipes, [], folder: folder), folder: folder, clock: clock ?? self.clock,
            store: SQLiteStore.open(path: folder.file("state.db")), ids: ground.ids, limits: ground.limits)
    }

    static func project(_ recipes: [Recipe], _ providers: [Provider] = [], folder: TemporaryFolder) -> Project {
        Project(name: "test", providers: providers, recipes: recipes, folder: folder.path)
    }

    func renderer(path: String = "/usr/bin:/bin") -> Renderer {
        Renderer(folder: folder.path, path: path, clock: clock)
    }

    /// Events do not linger: the clock stands still.
    func engine(_ calls: any CallRunner, _ options: EngineOptions = EngineOptions()) -> TaskEngine {
        var options = options
        options.linger = .zero
        return TaskEngine(ground: ground, calls: calls, renderer: renderer(), options: options)
    }

    /// Runs an engine while `body` runs, then ends it as a crash would.
    func withEngine<Value: Sendable>(
        _ calls: any CallRunner, _ options: EngineOptions = EngineOptions(),
        _ body: @Sendable (TaskEngine) async throws -> Value
    ) async throws -> Value {
        let engine = engine(calls, options)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await engine.run() }
            let value = try await body(engine)
            group.cancelAll()
            return value
        }
    }

    func submit(_ recipe: String, _ input: JSONValue = [:], key: String? = nil) async throws -> String {
        switch try await service.submit(recipe: recipe, input: input, caller: Self.owner, idempotencyKey: key) {
        case .created(let record), .existing(let record): record.id
        case .conflict(let id): id
        }
    }

    /// All events up to the final one.
    func journal(_ task: String, after: Int = 0) async throws -> [JournalEvent] {
        var events: [JournalEvent] = []
        for try await event in service.follow(task, after: after) { events.append(event) }
        return events
    }

    /// Waits for the end of the task.
    func finished(_ task: String) async throws -> TaskRecord {
        _ = try await journal(task)
        return try #require(try await service.task(task))
    }

    /// Waits for an event of this type.
    @discardableResult
    func event(_ type: String, of task: String, after: Int = 0) async throws -> JournalEvent {
        for try await event in service.follow(task, after: after) where event.type == type { return event }
        throw Problem("no_event", source: .footing, status: 500, title: type, detail: type)
    }
}
