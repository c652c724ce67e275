import Access
import Contracts
import HTTPTypes
import Hummingbird
import NIOCore
import Store
import Tasks

/// `/v1/tasks`: submit, list, look, follow, cancel.
struct TaskRoutes {
    let recognition: CallerRecognition
    let tasks: TaskService
    let clock: any WallClock
    private static let bodyLimit = 512 << 10
    private static let page = 500
    private static let longestWait = 30

    func add(to router: Router<ServerContext>) {
        router.post("v1/tasks") { request, _ in try await submit(request) }
        router.get("v1/tasks") { request, _ in try await list(request) }
        router.get("v1/tasks/{id}") { request, context in try await show(request, context) }
        router.post("v1/tasks/{id}/cancel") { request, context in try await cancel(request, context) }
        router.get("v1/tasks/{id}/events") { request, context in try await events(request, context) }
    }

    /// 202 with the task, or 409 where the idempotency key belongs to another request.
    static func accepted(_ submission: Submission) throws -> Response {
        let task = try task(submission)
        return Response(.accepted, json: TaskView.object(task), headers: [.location: "/v1/tasks/\(task.id)"])
    }

    /// The task that was submitted; throws where the idempotency key belongs to another request.
    static func task(_ submission: Submission) throws -> TaskRecord {
        switch submission {
        case .created(let task), .existing(let task):
            return task
        case .conflict:
            throw Problem(
                "idempotency_conflict", source: .caller, status: 409,
                title: "Idempotency key was used for another request",
                detail: "This was already asked for in another way.",
                advice: "Use a fresh Idempotency-Key for each new piece of work.")
        }
    }

    private func submit(_ request: Request) async throws -> Response {
        var request = request
        let caller = try await recognition.caller(of: request)
        let body = try await request.jsonObject(limit: Self.bodyLimit)
        guard let recipe = body["recipe"]?.stringValue else {
            throw Problem.badRequest(
                "The body must name a recipe.",
                faults: [Problem.Fault(pointer: "/recipe", message: "must be the name of a recipe")])
        }
        if let unknown = body.keys.first(where: { $0 != "recipe" && $0 != "input" }) {
            throw Problem.badRequest(
                "The body has an unknown member.",
                faults: [Problem.Fault(pointer: "/\(unknown)", message: "is unknown; known are recipe and input")])
        }
        guard caller.mayRun(recipe: recipe) else {
            throw Problem(
                "scope_missing", source: .caller, status: 403, title: "Token lacks the scope",
                detail: "You are not allowed to do this.",
                advice: "The token \"\(caller.name)\" needs the scope task:\(recipe).")
        }
        return try Self.accepted(
            await tasks.submit(
                recipe: recipe, input: body["input"] ?? .object([:]), caller: TaskOwner(caller),
                idempotencyKey: try request.idempotencyKey()))
    }

    private func list(_ request: Request) async throws -> Response {
        let caller = try await recognition.caller(of: request)
        let state = try request.choice("state", TaskState.allCases.map(\.rawValue)).flatMap(TaskState.init(rawValue:))
        let limit = try request.limit(default: 50, maximum: 200)
        let found = try await tasks.list(
            TaskQuery(
                owner: caller.isAdmin ? nil : caller.id, state: state, recipe: request.parameter("recipe"),
                before: request.parameter("before"), limit: limit))
        return Response(json: [
            "tasks": .array(found.map(TaskView.object)),
            "next": found.count == limit ? .string(found.last?.id ?? "") : .null,
        ])
    }

    private func show(_ request: Request, _ context: ServerContext) async throws -> Response {
        let task = try await find(request, context)
        guard let detail = try await tasks.detail(task.id) else { throw Self.unknown }
        return Response(json: detail)
    }

    private func cancel(_ request: Request, _ context: ServerContext) async throws -> Response {
        let task = try await find(request, context)
        let caller = try await recognition.caller(of: request)
        guard let cancelled = try await tasks.cancel(task.id, by: caller.name) else { throw Self.unknown }
        return Response(.accepted, json: TaskView.object(cancelled))
    }

    private func events(_ request: Request, _ context: ServerContext) async throws -> Response {
        let task = try await find(request, context)
        let lastID = HTTPField.Name("Last-Event-ID").flatMap { request.headers[$0] }
        let asked = try request.number("after", 0...Int.max)
        let after = try lastID.map { try Request.number("Last-Event-ID", $0, 0...Int.max) } ?? asked ?? 0
        let wait = try request.number("wait", 0...Self.longestWait) ?? 0
        if request.headers[.accept]?.lowercased().hasPrefix("application/json") == true {
            let events = try await page(of: task, after: after, wait: wait)
            return Response(json: ["events": .array(events.map(\.json))])
        }
        // A reader that has everything is told so; EventSource takes 204 as "do not come back" (WHATWG HTML, 9.2.3).
        if task.state.isFinal, after >= task.lastEvent { return Response(status: .noContent) }
        let follow = tasks.follow(task.id, after: after)
        return EventStream.response(clock: clock) { send in
            for try await event in follow {
                await send(EventStream.Event(id: event.number, name: event.type, data: event.json))
            }
        }
    }

    /// Events at once if there are any; else the first that comes within `wait` seconds, for those who cannot stream.
    private func page(of task: TaskRecord, after: Int, wait: Int) async throws -> [JournalEvent] {
        let events = try await tasks.events(task.id, after: after, limit: Self.page)
        guard events.isEmpty, !task.state.isFinal, wait > 0 else { return events }
        return try await withThrowingTaskGroup(of: [JournalEvent].self) { group in
            group.addTask {
                for try await event in tasks.follow(task.id, after: after) { return [event] }
                return []
            }
            group.addTask {
                try await clock.sleep(for: .seconds(wait))
                return []
            }
            defer { group.cancelAll() }
            return try await group.next() ?? []
        }
    }

    /// The task the request names, if the caller may see it; another's task looks like none.
    private func find(_ request: Request, _ context: ServerContext) async throws -> TaskRecord {
        let caller = try await recognition.caller(of: request)
        return try await Self.find(context.parameters.require("id"), for: caller, in: tasks)
    }

    static func find(_ id: String, for caller: Caller, in tasks: TaskService) async throws -> TaskRecord {
        guard let task = try await tasks.task(id), caller.isAdmin || task.owner == caller.id else { throw unknown }
        return task
    }

    private static let unknown = Problem.notFound("There is no such task.")
}
