package import Contracts
package import Store

/// Calls as the API shows them.
package enum CallView {
    /// A row of the list.
    package static func row(_ call: CallRecord) -> JSONValue {
        .object(members(call))
    }

    /// The whole call, with stages, redacted request and answer, and what the user was told.
    package static func detail(_ call: CallRecord) -> JSONValue {
        var object = members(call)
        for (key, value) in call.detail.entries { object[key] = value }
        return .object(object)
    }

    private static func members(_ call: CallRecord) -> JSONObject {
        [
            "id": .string(call.id), "at": .string(call.at.description), "provider": .string(call.provider),
            "operation": .string(call.operation), "caller": .string(call.caller), "task": text(call.task),
            "step": text(call.step), "method": .string(call.method), "path": .string(call.path),
            "status": JSONValue(call.status), "outcome": .string(call.outcome.rawValue), "who": text(call.who),
            "code": text(call.code), "tries": .array(call.tries.map(attempt)),
            "ms": JSONValue(call.totalMilliseconds.tenths), "footing_ms": JSONValue(call.footingMilliseconds.tenths),
            "provider_ms": JSONValue(call.providerMilliseconds.tenths), "request_id": .string(call.requestID),
            "drift": .bool(call.drift),
        ]
    }

    package static func attempt(_ attempt: CallTry) -> JSONValue {
        [
            "n": JSONValue(attempt.number), "at": .string(attempt.at.description),
            "status": attempt.status.map { JSONValue($0) } ?? .null, "outcome": .string(attempt.outcome.rawValue),
            "ms": JSONValue(attempt.milliseconds.tenths), "held_ms": JSONValue(attempt.heldMilliseconds.tenths),
            "waited_ms": JSONValue(attempt.waitedMilliseconds.tenths),
            "reason": text(attempt.reason),
        ]
    }

    private static func text(_ value: String?) -> JSONValue {
        value.map { .string($0) } ?? .null
    }
}
