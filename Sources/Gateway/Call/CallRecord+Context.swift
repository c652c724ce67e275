import Access
import Contracts
import NIOCore
import Store
import Wire

extension CallRecord {
    /// The ledger's row of a finished call; everything kept is redacted first.
    init(_ context: CallContext, problem: Problem?, ended: Moment, scrubber: SecretScrubber) {
        let tries = context.tries + (context.lastTry.map { [$0] } ?? [])
        let total = Double(ended.nanoseconds - context.began.nanoseconds) / 1_000_000
        let provider = tries.reduce(0) { $0 + $1.milliseconds }
        let waited = tries.reduce(0) { $0 + $1.heldMilliseconds + $1.waitedMilliseconds }
        self.init(
            id: context.id, at: context.began.wall, provider: context.providerName, operation: context.operationName,
            caller: context.caller?.name ?? "unknown", task: context.request.origin?.task,
            step: context.request.origin?.step, method: context.wire.method, path: scrubber.scrub(context.wire.path),
            status: problem?.status ?? context.status,
            outcome: problem != nil ? .failed : tries.count > 1 ? .retried : .answered, who: problem?.source.rawValue,
            code: problem?.code, tries: tries, totalMilliseconds: total,
            footingMilliseconds: max(0, total - provider - waited), providerMilliseconds: provider,
            requestID: context.request.requestID, drift: !context.drift.isEmpty, risk: context.risk,
            detail: Self.detail(context, problem, scrubber))
    }

    private static func detail(
        _ context: CallContext, _ problem: Problem?, _ scrubber: SecretScrubber
    ) -> JSONObject {
        var detail: JSONObject = [
            "stages": .array(
                context.stages.all.map { ["name": .string($0.name), "ms": JSONValue($0.milliseconds)] }),
            "request": [
                "headers": fields(context.wire.fields), "query": .string(scrubber.scrub(context.wire.query ?? "")),
                "body": excerpt(context.wire.body, context.redaction(.request), scrubber),
            ],
        ]
        if let (head, body) = context.response {
            detail["answer"] = [
                "status": .number(JSONNumber(head.status)), "headers": fields(head.fields),
                "body": excerpt(body, context.redaction(.answer), scrubber),
            ]
        }
        if !context.notes.isEmpty { detail["notes"] = .array(context.notes.map { .string($0) }) }
        if let problem {
            detail["problem"] = problem.json(requestID: context.request.requestID)
            detail["told"] = .string(problem.detail)
            if let advice = problem.advice { detail["advice"] = .string(advice) }
            if !problem.log.isEmpty { detail["log"] = .string(scrubber.scrub(problem.log)) }
        }
        return detail
    }

    private static let bodyLimit = 8 << 10

    private static func fields(_ fields: FieldList) -> JSONValue {
        var object = JSONObject()
        let redaction = Redaction.standard
        fields.forEach { name, value in
            object[name] = .string(redaction.isSecret(header: name) ? "[kept back: secret]" : value)
        }
        return .object(object)
    }

    /// JSON with its sensitive members kept back, a short text, or only the size.
    private static func excerpt(
        _ body: ByteBuffer, _ redaction: Redaction, _ scrubber: SecretScrubber
    ) -> JSONValue {
        let size = body.readableBytes
        guard size > 0 else { return .null }
        guard size <= bodyLimit else { return .string("[\(size) bytes, too long to keep]") }
        let bytes = Array(body.readableBytesView)
        if let json = try? JSONValue.parse(bytes) {
            let text = scrubber.scrub(redaction.redact(json).text)
            return (try? JSONValue.parse(text)) ?? .string(text)
        }
        // Where it is no JSON nobody can say what in it is personal.
        guard !redaction.marksPersonal else { return .string("[\(size) bytes, not JSON]") }
        guard let text = String(validating: bytes, as: UTF8.self) else { return .string("[\(size) bytes, not text]") }
        return .string(scrubber.scrub(text))
    }
}
