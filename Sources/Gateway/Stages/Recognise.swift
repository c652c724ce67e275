import Contracts
import HTTPTypes
import Inventory
import NIOCore
import Store

/// First stage: which provider and operation is meant, and what the request looks like on the wire.
struct Recognise {
    let table: RouteTable

    func run(_ context: inout CallContext) throws(Problem) {
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
            try recogniseTyped(operation, input, route, &context)
        case .passThrough(let method, let path, let query, let headers, let body):
            context.wire = WireRequest(
                method: method, path: path, query: query, headers: Self.endToEnd(headers), body: body)
            try recognisePassThrough(route, &context)
        }
        guard let origin = route.origin else {
            throw context.problem(
                "provider_unavailable", .footing, 503, "Provider has no address here",
                "\(context.providerTitle) is not set up in this environment.",
                advice: "Add environments.\(table.project.environment.rawValue).url to \(route.provider.file).")
        }
        context.origin = origin
    }

    private func recogniseTyped(
        _ name: String, _ input: JSONValue, _ route: ProviderRoute, _ context: inout CallContext
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
        context.pathParameters = typed.path
        guard let path = operation.operation.path.expand(typed.path) else {
            throw context.problem(
                "input_invalid", .caller, 400, "Path parameters are missing",
                "Some of the input is missing or not allowed.",
                faults: operation.operation.path.parameters.filter { typed.path[$0]?.isEmpty ?? true }
                    .map { Problem.Fault(pointer: "/path/\($0)", message: "is needed") })
        }
        context.wire = WireRequest(
            method: operation.operation.method, path: path, query: typed.query, headers: typed.headers, body: typed.body
        )
    }

    private func recognisePassThrough(_ route: ProviderRoute, _ context: inout CallContext) throws(Problem) {
        guard PathCheck.isSafe(context.wire.path) else {
            throw context.problem(
                "path_invalid", .caller, 400, "Path is not allowed", "The path has a part that is not allowed.")
        }
        if let match = route.provider.match(method: context.wire.method, path: context.wire.path),
            let operation = route.operation(match.operation.name)
        {
            context.operation = operation
            context.pathParameters = match.parameters
        } else if table.project.environment == .production {
            throw context.problem(
                "operation_undeclared", .caller, 403, "Operation is not in the inventory",
                "This request is not one the project has declared.",
                advice: "Add \(context.wire.method) \(context.wire.path) to \(route.provider.file).")
        }
    }

    /// The fields that go on to the provider: no connection fields (RFC 9110, 7.6.1), no cookies, none of ours.
    private static func endToEnd(_ headers: HTTPFields) -> HTTPFields {
        let named = (headers[.connection] ?? "").split(separator: ",").map {
            $0.filter { !$0.isWhitespace }.lowercased()
        }
        var kept = HTTPFields()
        for field in headers {
            let name = field.name.canonicalName
            if hopByHop.contains(name) || named.contains(name) || name.hasPrefix("x-footing-") { continue }
            kept.append(field)
        }
        return kept
    }

    private static let hopByHop: Set<String> = [
        "connection", "keep-alive", "proxy-authenticate", "proxy-authorization", "proxy-connection", "te", "trailer",
        "transfer-encoding", "upgrade", "host", "content-length", "cookie", "expect", "forwarded", "x-forwarded-for",
        "x-forwarded-host", "x-forwarded-proto", "x-real-ip", "idempotency-key", "origin", "referer",
    ]
}
