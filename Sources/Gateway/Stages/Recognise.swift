import Contracts
import Inventory
import NIOCore
import Store
import Wire

/// First stage: which provider and operation is meant, and what the request looks like on the wire.
struct Recognise {
    let table: RouteTable

    func run(_ context: CallContext) throws(Problem) {
        let name = context.request.provider
        guard let route = table.provider(name) else {
            throw Problem(
                "provider_unknown", source: .caller, status: 404, title: "Unknown provider",
                detail: "This project has no provider of that name.", provider: name,
                advice: "Known providers: \(table.providerNames.joined(separator: ", ")).")
        }
        context.route = route
        switch context.request.target {
        case .typed(let operation, let input):
            try recogniseTyped(operation, input, route, context)
        case .passThrough:
            try recognisePassThrough(route, context)
        }
        guard route.endpoint != nil else {
            throw context.problem(
                "provider_unavailable", .footing, 503, "Provider has no address here",
                "\(context.providerTitle) is not set up in this environment.",
                advice: "Add environments.\(table.project.environment.rawValue).url to \(route.provider.file).")
        }
    }

    private func recogniseTyped(
        _ name: String, _ input: JSONValue, _ route: ProviderRoute, _ context: CallContext
    ) throws(Problem) {
        guard let operation = route.operation(name) else {
            throw Problem(
                "operation_unknown", source: .caller, status: 404, title: "Unknown operation",
                detail: "\(route.provider.title) has no operation \"\(name)\".", provider: route.provider.name,
                operation: name,
                advice: "Known operations: \(route.operationNames.joined(separator: ", ")).")
        }
        context.operation = operation
        let typed = try TypedInput(input, context)
        guard let path = operation.operation.path.expand(typed.path) else {
            throw context.problem(
                "input_invalid", .caller, 400, "Path parameters are missing",
                "Some of the input is missing or not allowed.",
                faults: operation.operation.path.parameters.filter { typed.path[$0]?.isEmpty ?? true }
                    .map { Problem.Fault(pointer: "/path/\($0)", message: "is needed") })
        }
        let size = typed.body.readableBytes
        context.wire = WireRequest(
            method: operation.operation.method, path: path, query: typed.query, fields: typed.fields,
            length: size > 0 ? .exactly(size) : .none, body: typed.body)
    }

    private func recognisePassThrough(_ route: ProviderRoute, _ context: CallContext) throws(Problem) {
        var outcome = route.index.match(
            method: context.wire.method, target: context.wire.target, path: context.wire.pathRange)
        if outcome == .methodUnknown, context.wire.method == "HEAD" {
            outcome = route.index.match(method: "GET", target: context.wire.target, path: context.wire.pathRange)
        }
        switch outcome {
        case .operation(let place):
            context.operation = route.operations[place]
        case .refused(let fault):
            throw context.problem(
                "path_invalid", .caller, 400, "Path is not allowed", "The path has a part that is not allowed.",
                log: fault.rawValue)
        case .methodUnknown where table.project.environment == .production:
            let allowed = route.index.methods(target: context.wire.target, path: context.wire.pathRange)
            var problem = context.problem(
                "method_not_allowed", .caller, 405, "Method is not in the inventory",
                "This request is not one the project has declared.",
                advice: "The inventory has \(allowed.joined(separator: ", ")) for this path.")
            problem.allowed = allowed.contains("GET") ? (allowed + ["HEAD"]).sorted() : allowed
            throw problem
        case .pathUnknown where table.project.environment == .production:
            throw context.problem(
                "operation_undeclared", .caller, 403, "Operation is not in the inventory",
                "This request is not one the project has declared.",
                advice: "Add \(context.wire.method) \(context.wire.path) to \(route.provider.file).")
        case .methodUnknown, .pathUnknown:
            break
        }
    }
}
