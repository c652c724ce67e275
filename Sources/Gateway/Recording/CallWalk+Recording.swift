import Access
import Contracts
import Inventory
import NIOCore
import Store
import Wire

extension CallWalk {
    /// Hands an answered call to the recorder, if it is wanted: a whole JSON answer of a declared operation, that came from
    /// the provider and passed every check.
    func recordExample() {
        guard let operation = context.operation, let (head, body) = context.response,
            (200..<300).contains(head.status), answer.cached == nil, context.fault == nil,
            body.readableBytes <= Recorder.bodyLimit, context.wire.body.readableBytes <= Recorder.bodyLimit,
            ground.recorder.wants(
                provider: context.providerName, operation: context.operationName, at: context.began.wall)
        else { return }
        if case .streaming = answer.mode { return }
        var payload = JSONValue.null
        if body.readableBytes > 0 {
            guard let parsed = try? JSONValue.parse(Array(body.readableBytesView)) else { return }
            payload = parsed
        }
        let scrubber = ground.secrets.currentScrubber()
        let example = RecordedExample(
            request: scrubber.scrub(json: recordedRequest(operation)), status: head.status,
            contentType: head.fields[.contentType].map(scrubber.scrub),
            body: scrubber.scrub(json: Redaction(schema: operation.response).redact(payload)))
        ground.recorder.keep(example, provider: context.providerName, operation: context.operationName)
    }

    /// The call's input as a typed call would give it, without headers, secrets and what is marked as personal.
    private func recordedRequest(_ operation: OperationRoute) -> JSONValue {
        let whole = context.request.typedInput ?? CheckRequest().typedInput(context)
        var request: JSONObject = [:]
        if let path = part("path", of: whole, operation.path) { request["path"] = path }
        if let query = part("query", of: whole, operation.query) { request["query"] = query }
        if let body = whole["body"], !body.isNull {
            request["body"] = Redaction(schema: operation.body).redact(body)
        }
        return .object(request)
    }

    /// Path or query; nil where it is empty. What only the provider's key needs is left out.
    private func part(_ name: String, of whole: JSONValue, _ contract: TextContract?) -> JSONValue? {
        var members = JSONObject()
        for (key, value) in whole[name]?.objectValue?.entries ?? [] {
            if case .query(let parameter, _)? = context.route?.provider.auth, parameter == key { continue }
            if SigV4.isOfSignature(parameter: key) { continue }
            members[key] = value.stringValue.flatMap { text in contract?.value(of: text, named: key) } ?? value
        }
        guard !members.isEmpty else { return Optional.none }
        return Redaction(schema: contract?.schema).redact(.object(members))
    }
}

extension SecretScrubber {
    /// Every text of the value without known secrets.
    func scrub(json value: JSONValue) -> JSONValue {
        switch value {
        case .string(let text): .string(scrub(text))
        case .array(let elements): .array(elements.map { scrub(json: $0) })
        case .object(let object): .object(JSONObject(object.entries.map { (scrub($0.key), scrub(json: $0.value)) }))
        default: value
        }
    }
}
