import Access
import Contracts
import Hummingbird
import Logging
import Review
import Store

/// Writes whose outcome nobody knows: `GET /v1/calls/unknown` and `POST /v1/calls/{id}/settle`. Needs the scope `admin`.
struct WriteRoutes {
    let recognition: CallerRecognition
    let store: any IntentStore
    let clock: any WallClock
    let logger: Logger
    private static let bodyLimit = 16 << 10

    func add(to router: Router<ServerContext>) {
        let group = router.group("v1").add(middleware: AdminOnly(recognition: recognition))
        group.get("calls/unknown") { _, _ in
            Response(json: ["calls": .array(try await store.unknownIntents().map(WriteView.object))])
        }
        group.post("calls/{id}/settle") { request, context in try await settle(request, context) }
    }

    /// `{"happened": true, "status": 201}` or `{"happened": false}`.
    private func settle(_ request: Request, _ context: ServerContext) async throws -> Response {
        var request = request
        let id = try context.parameters.require("id")
        let input = try await request.jsonObject(limit: Self.bodyLimit)
        try input.refuseUnknown(["happened", "status"])
        let resolution = try Self.resolution(input)
        let by = context.caller?.name ?? "unknown"
        guard let write = try await store.resolve(id, as: resolution, by: by, at: clock.now()) else {
            throw Problem.notFound("There is no write of that call whose outcome is unknown.")
        }
        let settled: IntentRecord.State = resolution == .didNotHappen ? .notHappened : .happened
        guard write.state == settled else {
            throw Problem(
                "outcome_known", source: .caller, status: 409, title: "The outcome of this write is known",
                detail: "This write is not waiting for anybody: it is \(Self.words(write)).",
                advice: "footing calls unknown lists those that are.")
        }
        logger.notice(
            "write settled",
            metadata: [
                "call": "\(id)", "provider": "\(write.provider)", "operation": "\(write.operation)",
                "state": "\(write.state.rawValue)", "by": "\(by)",
            ])
        return Response(json: WriteView.object(write))
    }

    private static func resolution(_ input: JSONObject) throws -> IntentResolution {
        guard let happened = input["happened"]?.boolValue else {
            throw Problem.badRequest("Say whether it happened: {\"happened\": true} or {\"happened\": false}.")
        }
        guard let status = input["status"], !status.isNull else {
            return happened ? .happened(status: nil) : .didNotHappen
        }
        guard happened, let number = status.intValue, (200...599).contains(number) else {
            throw Problem.badRequest("status is what the provider answered to a write that happened, 200 to 599.")
        }
        return .happened(status: number)
    }

    private static func words(_ write: IntentRecord) -> String {
        switch write.state {
        case .inFlight: "under way"
        case .answered: "answered"
        case .happened: "settled as happened by \(write.settledBy ?? "somebody")"
        case .notHappened: "settled as not happened by \(write.settledBy ?? "somebody")"
        case .unknown: "unknown"
        }
    }
}
