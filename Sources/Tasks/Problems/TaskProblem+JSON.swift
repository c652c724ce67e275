package import Contracts

extension TaskProblem {
    private static let known: Set<String> = [
        "type", "title", "status", "code", "source", "detail", "retryable", "errors",
    ]

    /// Takes over a problem+json object that a call ended with; members it does not know are kept.
    package init(problem: JSONValue, isRetryable: Bool? = nil) {
        let object = problem.objectValue ?? [:]
        self.init(
            object["code"]?.stringValue ?? "call_failed",
            source: object["source"]?.stringValue.flatMap(Source.init(rawValue:)) ?? .footing,
            status: object["status"]?.intValue ?? 502,
            title: object["title"]?.stringValue ?? "A call failed",
            detail: object["detail"]?.stringValue ?? "A call failed.",
            isRetryable: isRetryable ?? object["retryable"]?.boolValue ?? false)
        errors = (object["errors"]?.arrayValue ?? []).map {
            FieldError(pointer: $0["pointer"]?.stringValue ?? "", message: $0["message"]?.stringValue ?? "")
        }
        for (key, value) in object where !Self.known.contains(key) { members[key] = value }
    }

    /// The problem+json object; members that are not known are absent.
    package func json(requestID: String? = nil) -> JSONValue {
        var object: JSONObject = [
            "type": .string("https://footing.dev/problems/\(code)"), "title": .string(title),
            "status": JSONValue(status), "code": .string(code), "source": .string(source.rawValue),
            "detail": .string(detail), "retryable": .bool(isRetryable),
        ]
        for (key, value) in members { object[key] = value }
        if let requestID { object["request_id"] = .string(requestID) }
        if !errors.isEmpty {
            object["errors"] = .array(
                errors.map { ["pointer": .string($0.pointer), "message": .string($0.message)] })
        }
        return .object(object)
    }
}
