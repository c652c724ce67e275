import Access
import Contracts
import Gateway
import Hummingbird
import Inventory
import Review
import Store
import Tasks

/// What the console and the CLI read: overview, calls, providers, score. Needs the scope `admin`.
struct OperatorRoutes {
    let recognition: CallerRecognition
    let corridor: Corridor
    let store: any CallStore & TaskStore
    let overview: OverviewView
    let providers: ProviderView
    let score: Score
    let tasks: TaskService
    let signIn: SignInCodes
    let report: ReloadReport

    func add(to router: Router<ServerContext>) {
        let group = router.group("v1").add(middleware: AdminOnly(recognition: recognition))
        group.get("overview") { _, _ in Response(json: try await overviewJSON()) }
        group.get("calls") { request, _ in try await calls(request) }
        group.get("calls/{id}") { _, context in try await call(context) }
        group.get("providers") { _, _ in
            Response(json: ["providers": .array(overview.providers().map(\.json))])
        }
        group.get("providers/{name}") { _, context in try await provider(context) }
        group.get("score") { _, _ in Response(json: try await score.json(corridor.routes)) }
        group.post("console/codes") { _, _ in
            let code = await signIn.issue()
            return Response(.created, json: ["code": .string(code.text), "expires": .string(code.expires.description)])
        }
    }

    func overviewJSON() async throws -> JSONValue {
        let newest = try await tasks.list(TaskQuery(limit: 6)).map(TaskView.object)
        let state = try await overview.json(tasks: newest, score: score.json(corridor.routes))
        guard case .object(var object) = state else { return state }
        object["inventory"] = report.json
        return .object(object)
    }

    private func calls(_ request: Request) async throws -> Response {
        let outcome = try request.choice("outcome", CallRecord.Outcome.allCases.map(\.rawValue))
            .flatMap(CallRecord.Outcome.init(rawValue:))
        let limit = try request.limit(default: 100, maximum: 500)
        let found = try await store.calls(
            CallQuery(
                outcome: outcome, provider: request.parameter("provider"), operation: request.parameter("operation"),
                task: request.parameter("task"), text: request.parameter("q"), before: request.parameter("before"),
                limit: limit))
        return Response(json: [
            "calls": .array(found.map(CallView.row)),
            "next": found.count == limit ? .string(found.last?.id ?? "") : .null,
        ])
    }

    private func call(_ context: ServerContext) async throws -> Response {
        guard let call = try await store.call(context.parameters.require("id")) else {
            throw Problem.notFound("There is no such call.")
        }
        return Response(json: CallView.detail(call))
    }

    private func provider(_ context: ServerContext) async throws -> Response {
        guard let route = corridor.routes.provider(try context.parameters.require("name")) else {
            throw Problem.notFound("The inventory has no such provider.")
        }
        return Response(json: try await providers.json(route, in: corridor.routes.project.environment))
    }
}

/// Lets only callers with the scope `admin` through.
struct AdminOnly: RouterMiddleware {
    let recognition: CallerRecognition

    func handle(
        _ request: Request, context: ServerContext, next: (Request, ServerContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        let caller = try await recognition.caller(of: request, console: true)
        try caller.requireAdmin()
        context.caller = caller
        return try await next(request, context)
    }
}
