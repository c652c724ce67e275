import Access
import Contracts
import Gateway
import Hummingbird
import Logging
import Review
import Store

/// The kill switch of a provider: `POST /v1/providers/{name}/disable` and `.../enable`. Needs the scope `admin`.
struct SwitchRoutes {
    let recognition: CallerRecognition
    let corridor: Corridor
    let switches: any ProviderSwitches
    let logger: Logger
    private static let bodyLimit = 16 << 10
    private static let reasonLimit = 500

    func add(to router: Router<ServerContext>) {
        let group = router.group("v1/providers").add(middleware: AdminOnly(recognition: recognition))
        group.post("{name}/disable") { request, context in try await disable(request, context) }
        group.post("{name}/enable") { _, context in try await enable(context) }
    }

    /// `{"reason": "..."}`.
    private func disable(_ request: Request, _ context: ServerContext) async throws -> Response {
        var request = request
        let name = try context.parameters.require("name")
        guard corridor.routes.provider(name) != nil else {
            throw Problem.notFound("The inventory has no such provider.")
        }
        let input = try await request.jsonObject(limit: Self.bodyLimit)
        try input.refuseUnknown(["reason"])
        guard let reason = input["reason"]?.stringValue,
            (1...Self.reasonLimit).contains(reason.unicodeScalars.count)
        else {
            throw Problem.badRequest("Give a reason of 1 to \(Self.reasonLimit) characters.")
        }
        let entry = try await switches.disable(name, reason: reason, by: context.caller?.name ?? "unknown")
        logger.warning(
            "provider switched off", metadata: ["provider": "\(name)", "reason": "\(reason)", "by": "\(entry.by)"])
        return Response(json: ["provider": .string(name), "off": ControlView.off(entry), "changed": true])
    }

    /// Also for a provider that has left the inventory meanwhile.
    private func enable(_ context: ServerContext) async throws -> Response {
        let name = try context.parameters.require("name")
        let wasOff = try await switches.enable(name)
        guard wasOff || corridor.routes.provider(name) != nil else {
            throw Problem.notFound("The inventory has no such provider.")
        }
        if wasOff {
            logger.warning(
                "provider switched on",
                metadata: ["provider": "\(name)", "by": "\(context.caller?.name ?? "unknown")"])
        }
        return Response(json: ["provider": .string(name), "off": nil, "changed": .bool(wasOff)])
    }
}
