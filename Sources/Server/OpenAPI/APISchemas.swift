import Contracts

/// The shapes that the API's answers share, as JSON Schema.
///
/// Answers may get further members; what a request may hold is closed.
enum APISchemas {
    static let text: JSONValue = ["type": "string"]
    static let textOrNull: JSONValue = ["type": ["string", "null"]]
    static let whole: JSONValue = ["type": "integer", "minimum": 0]
    static let number: JSONValue = ["type": "number"]
    static let numberOrNull: JSONValue = ["type": ["number", "null"]]
    static let flag: JSONValue = ["type": "boolean"]
    static let time: JSONValue = ["type": "string", "format": "date-time"]
    static let timeOrNull: JSONValue = ["type": ["string", "null"], "format": "date-time"]
    static let anything: JSONValue = [:]

    static func reference(_ name: String) -> JSONValue {
        ["$ref": .string("#/components/schemas/\(name)")]
    }

    static func orNull(_ schema: JSONValue) -> JSONValue { ["anyOf": [schema, ["type": "null"]]] }

    static func list(_ items: JSONValue) -> JSONValue { ["type": "array", "items": items] }

    static func choice(_ words: [String]) -> JSONValue {
        ["type": "string", "enum": .array(words.map { .string($0) })]
    }

    static func whole(from least: Int, to most: Int) -> JSONValue {
        ["type": "integer", "minimum": JSONValue(least), "maximum": JSONValue(most)]
    }

    /// An answer's object: every member named is there, unless it is among the `optional` ones.
    static func object(_ members: JSONObject, optional: Set<String> = []) -> JSONValue {
        let needed = members.keys.filter { !optional.contains($0) }.map { JSONValue.string($0) }
        return ["type": "object", "required": .array(needed), "properties": .object(members)]
    }

    /// A request's object: it has no other members than these.
    static func closed(_ members: JSONObject, needed: [String] = []) -> JSONValue {
        [
            "type": "object", "required": .array(needed.map { .string($0) }), "properties": .object(members),
            "additionalProperties": false,
        ]
    }

    /// An object of which only the members named are told.
    static func open(_ members: JSONObject = [:]) -> JSONValue {
        ["type": "object", "properties": .object(members)]
    }

    static let components: JSONObject = [
        "Problem": object(
            [
                "type": text, "title": text, "status": whole(from: 400, to: 599), "code": text,
                "source": choice(["caller", "footing", "provider"]), "detail": text, "retryable": flag,
                "retry_after": whole, "provider": text, "operation": text, "request_id": text,
                "errors": list(object(["pointer": text, "message": text])),
            ], optional: ["retry_after", "provider", "operation", "errors"]),
        "Task": object(taskMembers),
        "TaskDetail": ["allOf": [reference("Task"), object(["steps": list(reference("Step"))])]],
        "TaskList": object(["tasks": list(reference("Task")), "next": textOrNull]),
        "Step": object([
            "name": text, "title": text, "kind": text,
            "state": choice(["pending", "running", "held", "done", "failed", "skipped", "cancelled"]),
            "started": timeOrNull, "finished": timeOrNull, "ms": numberOrNull,
            "items": orNull(object(["done": whole, "total": whole])),
            "children": orNull(list(open(["index": whole, "label": textOrNull, "state": text]))),
            "tries": list(open()), "note": textOrNull, "problem": orNull(open()),
        ]),
        "Event": object(["n": ["type": "integer", "minimum": 1], "at": time, "type": text]),
        "File": object([
            "name": text, "size": whole, "type": text, "sha256": ["type": "string", "pattern": "^[0-9a-f]{64}$"],
            "created": time,
        ]),
        "Call": object(callMembers),
        "CallDetail": [
            "allOf": [reference("Call"), open(["stages": list(open()), "request": open(), "answer": open()])]
        ],
        "CallList": object(["calls": list(reference("Call")), "next": textOrNull]),
        "Try": object([
            "n": whole, "at": time, "status": ["type": ["integer", "null"]],
            "outcome": choice(["ok", "retried", "failed"]), "ms": number, "held_ms": number, "waited_ms": number,
            "reason": textOrNull,
        ]),
        "Write": object([
            "call": text, "provider": text, "operation": text, "risk": choice(["read", "write", "payment"]),
            "caller": text, "begun": time, "state": text, "key": textOrNull, "provider_key": textOrNull,
            "settled": timeOrNull, "settled_by": textOrNull,
        ]),
        "Provider": object([
            "name": text, "title": text,
            "state": choice(["working", "slow", "failing", "held", "off", "unseen"]), "sentence": text,
        ]),
        "Fault": object([
            "id": text, "provider": text, "operation": textOrNull, "kind": text,
            "status": ["type": ["integer", "null"]], "rate": number, "delay_ms": whole, "by": text, "at": time,
            "expires": timeOrNull,
        ]),
        "Recording": object([
            "on": flag, "provider": textOrNull, "until": timeOrNull,
            "examples": list(object(["n": whole, "provider": text, "operation": text, "example": open()])),
        ]),
        "Cache": object([
            "entries": whole, "bytes": whole, "limits": open(), "providers": list(open(["name": text])),
        ]),
        "Inventory": object([
            "reloads": whole, "last": timeOrNull, "warnings": list(text),
            "refused": orNull(object(["at": time, "findings": list(text)])),
        ]),
        "Overview": object([
            "sentence": text, "state": choice(["ok", "warn", "fail", "idle"]), "project": text, "environment": text,
            "calls": open(), "tasks": open(), "providers": list(reference("Provider")), "score": open(),
        ]),
        "Score": object([
            "proven": whole, "of": whole, "sentence": text, "checks": list(open(["name": text, "verdict": text])),
        ]),
        "Removed": object(["removed": whole]),
        "Status": object(["status": ["const": "ok"]]),
    ]

    private static let taskMembers: JSONObject = [
        "id": text, "recipe": text, "title": text,
        "state": choice(["queued", "running", "waiting", "done", "failed", "cancelled"]), "created": time,
        "started": timeOrNull, "finished": timeOrNull, "attempt": whole, "input": anything, "result": anything,
        "problem": orNull(open()), "progress": orNull(open()),
        "calls": object(["made": whole, "retried": whole]), "last_event": whole,
    ]

    private static let callMembers: JSONObject = [
        "id": text, "at": time, "provider": text, "operation": text, "caller": text, "task": textOrNull,
        "step": textOrNull, "method": text, "path": text, "status": whole,
        "outcome": choice(["answered", "retried", "failed"]), "who": textOrNull, "code": textOrNull,
        "tries": list(reference("Try")), "ms": number, "footing_ms": number, "provider_ms": number,
        "request_id": text, "drift": flag,
    ]
}
