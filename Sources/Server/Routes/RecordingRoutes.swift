import Access
import Contracts
import Gateway
import Hummingbird
import Inventory
import Logging
import Store

/// Examples for contract tests: `GET`, `POST` and `DELETE /v1/recording`. Needs the scope `admin`.
struct RecordingRoutes {
    let recognition: CallerRecognition
    let corridor: Corridor
    let clock: any WallClock
    let logger: Logger
    private static let bodyLimit = 4 << 10

    func add(to router: Router<ServerContext>) {
        let group = router.group("v1/recording").add(middleware: AdminOnly(recognition: recognition))
        group.get { request, _ in
            Response(json: status(after: try request.number("after", 0...Int.max) ?? 0))
        }
        group.post { request, context in try await start(request, context) }
        group.delete { _, _ in
            corridor.recorder.stop()
            return Response(json: status(after: .max))
        }
    }

    private func start(_ request: Request, _ context: ServerContext) async throws -> Response {
        var request = request
        let project = corridor.routes.project
        guard project.environment != .production else {
            throw Problem(
                "recording_off", source: .caller, status: 403, title: "Recording is for the sandbox",
                detail: "This server runs in production: what real users send is not kept as an example.",
                advice: "Record on a server in the sandbox environment.")
        }
        let input = try await request.jsonObject(limit: Self.bodyLimit)
        try input.refuseUnknown(["provider", "seconds"])
        if let name = input["provider"], name.stringValue == nil {
            throw Problem.badRequest(
                "The provider is no text.",
                faults: [Problem.Fault(pointer: "/provider", message: "must name a provider")])
        }
        let provider = input["provider"]?.stringValue
        if let provider, project.provider(named: provider) == nil {
            throw Problem.notFound("The inventory has no such provider.")
        }
        let longest = Int(Recorder.longest.milliseconds / 1000)
        guard let seconds = input["seconds"]?.intValue, (1...longest).contains(seconds) else {
            throw Problem.badRequest(
                "The recording's length is missing.",
                faults: [Problem.Fault(pointer: "/seconds", message: "must be a whole number from 1 to \(longest)")])
        }
        corridor.recorder.start(provider: provider, until: clock.now() + .seconds(seconds))
        logger.warning(
            "recording examples",
            metadata: [
                "provider": "\(provider ?? "all")", "seconds": "\(seconds)",
                "by": "\(context.caller?.name ?? "unknown")",
            ])
        return Response(.created, json: status(after: .max))
    }

    private func status(after number: Int) -> JSONValue {
        let status = corridor.recorder.status(at: clock.now())
        return [
            "on": .bool(status != nil), "provider": JSONValue(status?.provider),
            "until": JSONValue(status?.until.description),
            "examples": .array(
                corridor.recorder.entries(after: number).map {
                    [
                        "n": JSONValue($0.number), "provider": .string($0.provider), "operation": .string($0.operation),
                        "example": $0.example.json,
                    ]
                }),
        ]
    }
}
