import Access
import Contracts
import Gateway
import Hummingbird
import Inventory
import Logging
import Review
import Store

/// Faults for development: `GET`, `POST` and `DELETE /v1/faults`, `DELETE /v1/faults/{id}`. Needs the scope `admin`.
///
/// In production none can be added; those that a state file brought along are not played there, and may be removed.
struct FaultRoutes {
    let recognition: CallerRecognition
    let corridor: Corridor
    let faults: any FaultBook
    let logger: Logger
    private static let bodyLimit = 16 << 10

    func add(to router: Router<ServerContext>) {
        let group = router.group("v1/faults").add(middleware: AdminOnly(recognition: recognition))
        group.get { _, _ in Response(json: ["faults": .array(faults.faults.map(ControlView.fault))]) }
        group.post { request, context in try await post(request, context) }
        group.delete { _, _ in Response(json: ["removed": JSONValue(try await faults.removeAllFaults())]) }
        group.delete("{id}") { _, context in
            guard try await faults.removeFault(context.parameters.require("id")) else {
                throw Problem.notFound("There is no such fault.")
            }
            return Response(json: ["removed": 1])
        }
    }

    private func post(_ request: Request, _ context: ServerContext) async throws -> Response {
        var request = request
        let project = corridor.routes.project
        guard project.environment != .production else {
            throw Problem(
                "faults_off", source: .caller, status: 403, title: "Faults are for development",
                detail: "This server runs in production: nothing is made to fail here.",
                advice: "Add the fault on a server in the sandbox environment.")
        }
        let input = try await request.jsonObject(limit: Self.bodyLimit)
        let draft = try FaultDraft(input)
        guard let provider = project.provider(named: draft.provider) else {
            throw Problem.notFound("The inventory has no such provider.")
        }
        if let operation = draft.operation, provider.operation(named: operation) == nil {
            throw Problem.notFound("\(provider.title) has no such operation.")
        }
        let fault = try await faults.add(draft, by: context.caller?.name ?? "unknown")
        logger.warning(
            "fault added",
            metadata: [
                "fault": "\(fault.id)", "provider": "\(fault.provider)", "kind": "\(fault.kind.word)",
                "rate": "\(fault.rate)", "by": "\(fault.by)",
            ])
        return Response(.created, json: ControlView.fault(fault))
    }
}

extension FaultDraft {
    private static let longestDelay = 300_000
    private static let longestLife = 30 * 86_400_000
    private static let members: Set = [
        "provider", "operation", "kind", "status", "rate", "delay_ms", "lifetime_ms",
    ]

    /// `{"provider": "stripe", "operation": "charge", "kind": "status", "status": 503, "rate": 0.2, "delay_ms": 2000,
    /// "lifetime_ms": 600000}`; only the provider and a status, a delay or a kind are needed.
    init(_ input: JSONObject) throws {
        var wrong: [Problem.Fault] = []
        func complain(_ member: String, _ message: String) {
            wrong.append(Problem.Fault(pointer: "/\(member)", message: message))
        }
        func whole(_ member: String, _ range: ClosedRange<Int>) -> Int? {
            guard let value = input[member], !value.isNull else { return nil }
            if let number = value.intValue, range.contains(number) { return number }
            complain(member, "must be a whole number from \(range.lowerBound) to \(range.upperBound)")
            return nil
        }
        for (member, _) in input.entries where !Self.members.contains(member) {
            complain(member, "is not known here")
        }
        let provider = input["provider"]?.stringValue
        if provider == nil { complain("provider", "must name a provider") }
        if let operation = input["operation"], !operation.isNull, operation.stringValue == nil {
            complain("operation", "must name an operation")
        }
        let status = whole("status", 200...599)
        let delay = whole("delay_ms", 0...Self.longestDelay)
        let life = whole("lifetime_ms", 1...Self.longestLife)
        let rate = input["rate"].map { $0.isNull ? 1 : $0.doubleValue ?? -1 } ?? 1
        if !(rate > 0 && rate <= 1) { complain("rate", "must be above 0 and at most 1") }
        let word = input["kind"]?.stringValue ?? (status != nil ? "status" : "delay")
        let kind = FaultRule.Kind(word: word, status: status)
        if kind == nil {
            complain("kind", "must be one of \(FaultRule.Kind.words.joined(separator: ", ")), status with a status")
        } else if kind == .delay, delay ?? 0 == 0 {
            complain("kind", "a status, a delay or a kind is needed")
        } else if kind?.status == nil, status != nil {
            complain("status", "goes with the kind status only")
        }
        guard wrong.isEmpty, let provider, let kind else {
            throw Problem.badRequest("This is no fault that can be played.", faults: wrong)
        }
        self.init(
            provider: provider, operation: input["operation"]?.stringValue, kind: kind, rate: rate,
            delay: .milliseconds(delay ?? 0), lifetime: life.map { .milliseconds($0) })
    }
}
