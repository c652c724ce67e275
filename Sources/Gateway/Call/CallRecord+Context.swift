import Access
import Contracts
import HTTPTypes
import NIOCore
import Store

extension CallRecord {
    /// The ledger's row of a finished call; everything kept is redacted first.
    init(_ context: CallContext, problem: Problem?, endedUptime: Duration, scrubber: SecretScrubber) {
        let total = (endedUptime - context.startedUptime).milliseconds
        let provider = context.tries.reduce(0) { $0 + $1.milliseconds }
        let waited = context.tries.reduce(0) { $0 + $1.heldMilliseconds + $1.waitedMilliseconds }
        let wasRetried = context.tries.count > 1
        self.init(
            id: context.id, at: context.startedAt, provider: context.providerName, operation: context.operationName,
            caller: context.caller?.name ?? "unknown", task: context.request.origin?.task,
            step: context.request.origin?.step,
            method: context.wire.method, path: scrubber.scrub(context.wire.path),
            status: problem?.status ?? context.answer?.status ?? 0,
            outcome: problem != nil ? .failed : wasRetried ? .retried : .answered, who: problem?.source.rawValue,
            code: problem?.code, tries: context.tries, totalMilliseconds: total,
            footingMilliseconds: max(0, total - provider - waited), providerMilliseconds: provider,
            requestID: context.request.requestID, drift: !context.drift.isEmpty,
            detail: Self.detail(context, problem, scrubber))
    }

    private static func detail(
        _ context: CallContext, _ problem: Problem?, _ scrubber: SecretScrubber
    ) -> JSONObject {
        var detail: JSONObject = [
            "stages": .array(
                context.stages.map {
                    ["name": .string($0.name), "ms": JSONValue(($0.milliseconds * 1000).rounded() / 1000)]
                }),
            "request": [
                "headers": fields(context.wire.headers), "query": .string(scrubber.scrub(context.wire.query ?? "")),
                "body": excerpt(context.wire.body, context.wire.headers, scrubber),
            ],
        ]
        if let response = context.response {
            detail["answer"] = [
                "status": .number(JSONNumber(response.status)), "headers": fields(response.headers),
                "body": excerpt(response.body, response.headers, scrubber),
            ]
        }
        if let problem {
            detail["problem"] = problem.json(requestID: context.request.requestID)
            detail["told"] = .string(problem.detail)
            if let advice = problem.advice { detail["advice"] = .string(advice) }
            if !problem.log.isEmpty { detail["log"] = .string(scrubber.scrub(problem.log)) }
        }
        return detail
    }

    private static let bodyLimit = 8 << 10
    private static let keptBack: Set<String> = [
        "authorization", "cookie", "set-cookie", "proxy-authorization", "x-api-key", "api-key", "apikey",
        "x-auth-token",
    ]

    private static func fields(_ headers: HTTPFields) -> JSONValue {
        var object = JSONObject()
        for field in headers {
            let isKeptBack = keptBack.contains(field.name.canonicalName) || looksSecret(field.name.canonicalName)
            object[field.name.rawName] = .string(isKeptBack ? "[kept back: secret]" : field.value)
        }
        return .object(object)
    }

    private static func looksSecret(_ name: String) -> Bool {
        ["key", "token", "secret", "password", "signature"].contains { name.contains($0) } && name != "idempotency-key"
    }

    /// JSON with its sensitive members kept back, a short text, or only the size.
    private static func excerpt(_ body: ByteBuffer, _ headers: HTTPFields, _ scrubber: SecretScrubber) -> JSONValue {
        let size = body.readableBytes
        guard size > 0 else { return .null }
        guard size <= bodyLimit else { return .string("[\(size) bytes, too long to keep]") }
        let bytes = Array(body.readableBytesView)
        if let json = try? JSONValue.parse(bytes) {
            let text = scrubber.scrub(Redaction().redact(json).text)
            return (try? JSONValue.parse(text)) ?? .string(text)
        }
        guard let text = String(validating: bytes, as: UTF8.self) else { return .string("[\(size) bytes, not text]") }
        return .string(scrubber.scrub(text))
    }
}
