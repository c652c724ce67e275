package import Contracts

extension Problem {
    private static let known: Set<String> = [
        "type", "title", "status", "code", "source", "detail", "retryable", "retry_after", "provider", "operation",
        "errors",
    ]

    /// `retryAfter` in whole seconds, rounded up, at most a day.
    package var retryAfterSeconds: Int? {
        retryAfter.map { Int((min($0, .seconds(86_400)).milliseconds / 1000).rounded(.up)) }
    }

    /// The problem+json object; members that are not known are left out.
    package func json(requestID: String? = nil) -> JSONValue {
        var object: JSONObject = [
            "type": .string("https://footing.dev/problems/\(code)"), "title": .string(title),
            "status": JSONValue(status),
            "code": .string(code), "source": .string(source.rawValue), "detail": .string(detail),
            "retryable": .bool(isRetryable),
        ]
        if let retryAfterSeconds { object["retry_after"] = JSONValue(retryAfterSeconds) }
        if let provider { object["provider"] = .string(provider) }
        if let operation { object["operation"] = .string(operation) }
        for (key, value) in members { object[key] = value }
        if let requestID { object["request_id"] = .string(requestID) }
        if !faults.isEmpty {
            object["errors"] = .array(faults.map { ["pointer": .string($0.pointer), "message": .string($0.message)] })
        }
        return .object(object)
    }

    /// Reads a problem+json object back; members this type has no place for are kept in `members`.
    package init(json: JSONValue) {
        let object = json.objectValue ?? [:]
        self.init(
            object["code"]?.stringValue ?? "call_failed",
            source: object["source"]?.stringValue.flatMap(Source.init(rawValue:)) ?? .footing,
            status: object["status"]?.intValue ?? 502, title: object["title"]?.stringValue ?? "A call failed",
            detail: object["detail"]?.stringValue ?? "A call failed.",
            isRetryable: object["retryable"]?.boolValue ?? false,
            retryAfter: object["retry_after"]?.intValue.map { .seconds($0) }, provider: object["provider"]?.stringValue,
            operation: object["operation"]?.stringValue)
        faults = (object["errors"]?.arrayValue ?? []).map {
            Fault(pointer: $0["pointer"]?.stringValue ?? "", message: $0["message"]?.stringValue ?? "")
        }
        for (key, value) in object where !Self.known.contains(key) { members[key] = value }
    }
}
