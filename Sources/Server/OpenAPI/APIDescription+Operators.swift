import Contracts

extension APIDescription {
    private typealias Schema = APISchemas

    static let calls: [APIOperation] = [
        APIOperation(
            method: "POST", path: "/v1/calls/{id}", id: "call", tag: "Calls", access: .token,
            about: "Makes a typed call; {id} is PROVIDER.OPERATION. Needs the scope call:PROVIDER.OPERATION.",
            parameters: [
                .header(
                    "Idempotency-Key", "The same write under the same key happens once.",
                    ["type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$"])
            ],
            body: typedInput,
            answers: [
                .bytes("The mapped answer, or the provider's own.", "*/*"),
                .json(status: 202, "The operation is slow: a task.", Schema.reference("Task")),
            ]),
        APIOperation(
            method: "GET", path: "/v1/calls", id: "listCalls", tag: "Calls", access: .admin,
            about: "Lists the ledger, newest first.",
            parameters: [
                .query("outcome", "How they ended.", Schema.choice(["answered", "retried", "failed"])),
                .query("provider", "Only calls of this provider.", Schema.text),
                .query("operation", "Only calls of this operation.", Schema.text),
                .query("task", "Only calls of this task.", Schema.text),
                .query("q", "Only calls with this text in them.", Schema.text),
                .query("limit", "At most so many.", Schema.whole(from: 1, to: 500)),
                .query("before", "Only calls before this id: the next page.", Schema.text),
            ], answers: [.json("A page of calls.", Schema.reference("CallList"))]),
        APIOperation(
            method: "GET", path: "/v1/calls/{id}", id: "getCall", tag: "Calls", access: .admin,
            about: "Shows a call with its stages, redacted.",
            answers: [.json("The call.", Schema.reference("CallDetail"))]),
        APIOperation(
            method: "GET", path: "/v1/calls/unknown", id: "listUnknownWrites", tag: "Calls", access: .admin,
            about: "Lists writes whose outcome nobody knows.",
            answers: [.json("The writes.", Schema.object(["calls": Schema.list(Schema.reference("Write"))]))]),
        APIOperation(
            method: "POST", path: "/v1/calls/{id}/settle", id: "settleWrite", tag: "Calls", access: .admin,
            about: "Says what became of a write.",
            body: [
                "oneOf": [
                    Schema.closed(
                        ["happened": ["const": true], "status": Schema.whole(from: 200, to: 599)], needed: ["happened"]),
                    Schema.closed(["happened": ["const": false]], needed: ["happened"]),
                ]
            ], answers: [.json("The write.", Schema.reference("Write"))]),
    ]

    private static let typedInput: JSONValue = {
        let scalar: JSONValue = ["type": ["string", "number", "boolean"]]
        return Schema.closed([
            "path": ["type": "object", "additionalProperties": scalar],
            "query": [
                "type": "object",
                "additionalProperties": ["anyOf": [scalar, ["type": "null"], Schema.list(scalar)]],
            ],
            "headers": [
                "type": "object", "propertyNames": ["pattern": "^[A-Za-z][A-Za-z0-9-]*$"],
                "additionalProperties": [
                    "anyOf": [
                        ["type": ["number", "boolean"]],
                        ["type": "string", "pattern": "^([!-~]([ -~]*[!-~])?)?$"],
                    ]
                ],
            ],
            "body": Schema.anything,
        ])
    }()

    static let providers: [APIOperation] = [
        APIOperation(
            method: "GET", path: "/v1/providers", id: "listProviders", tag: "Providers", access: .admin,
            about: "Lists providers and how they are.",
            answers: [
                .json("The providers.", Schema.object(["providers": Schema.list(Schema.reference("Provider"))]))
            ]),
        APIOperation(
            method: "GET", path: "/v1/providers/{name}", id: "getProvider", tag: "Providers", access: .admin,
            about: "Shows a provider with its operations.",
            answers: [.json("The provider.", Schema.reference("Provider"))]),
        APIOperation(
            method: "POST", path: "/v1/providers/{name}/disable", id: "disableProvider", tag: "Providers",
            access: .admin, about: "Switches a provider off.",
            body: Schema.closed(
                ["reason": ["type": "string", "minLength": 1, "maxLength": 500]], needed: ["reason"]),
            answers: [.json("What changed.", switched)]),
        APIOperation(
            method: "POST", path: "/v1/providers/{name}/enable", id: "enableProvider", tag: "Providers",
            access: .admin, about: "Switches a provider on.", answers: [.json("What changed.", switched)]),
    ]

    private static let switched = Schema.object([
        "provider": Schema.text, "off": Schema.orNull(Schema.open(["reason": Schema.text])), "changed": Schema.flag,
    ])

    private static let departure = Schema.open([
        "provider": Schema.text, "operation": Schema.text, "side": ["enum": ["request", "answer"]],
        "shape": Schema.text, "pointer": Schema.text, "kind": Schema.text, "expected": Schema.text,
        "seen": Schema.text, "action": Schema.text, "count": ["type": "integer"], "first": Schema.time,
        "last": Schema.time, "call": Schema.orNull(Schema.text),
    ])

    static let control: [APIOperation] = [
        APIOperation(
            method: "GET", path: "/v1/overview", id: "getOverview", tag: "Console", access: .admin,
            about: "The state in one sentence, and the figures of the last hour.",
            answers: [.json("The overview.", Schema.reference("Overview"))]),
        APIOperation(
            method: "GET", path: "/v1/score", id: "getScore", tag: "Console", access: .admin,
            about: "What is proven of production footing.", answers: [.json("The score.", Schema.reference("Score"))]),
        APIOperation(
            method: "GET", path: "/v1/live", id: "watch", tag: "Console", access: .admin,
            about: "Snapshots of topics, then their changes, as server-sent events. Does not end by itself.",
            parameters: [
                .query(
                    "topics", "Separated by commas: overview, calls, tasks, providers, drift.",
                    [
                        "type": "string",
                        "pattern": "^(overview|calls|tasks|providers|drift)(,(overview|calls|tasks|providers|drift))*$",
                    ]
                )
            ], answers: [.bytes("Events as they come.", "text/event-stream")]),
        APIOperation(
            method: "POST", path: "/v1/console/codes", id: "makeSignInCode", tag: "Console", access: .admin,
            about: "Makes a sign-in code for the console, good once.",
            answers: [.json(status: 201, "The code.", Schema.object(["code": Schema.text, "expires": Schema.time]))]),
        APIOperation(
            method: "GET", path: "/v1/inventory", id: "getInventory", tag: "Inventory", access: .admin,
            about: "What became of the last changes of the inventory's files.",
            answers: [.json("The last reloads.", Schema.reference("Inventory"))]),
        APIOperation(
            method: "GET", path: "/v1/drift", id: "listDrift", tag: "Drift", access: .admin,
            about: "Lists where payloads depart from their contracts, and what is proposed about it.",
            answers: [
                .json(
                    "Departures and proposals.",
                    Schema.object([
                        "sentence": Schema.text, "state": ["enum": ["ok", "warn", "fail"]],
                        "findings": Schema.list(departure), "proposals": Schema.list(Schema.open([:])),
                        "providers": Schema.list(Schema.object(["name": Schema.text, "title": Schema.text])),
                    ]))
            ]),
        APIOperation(
            method: "GET", path: "/v1/drift/{name}/{shape}", id: "getDrift", tag: "Drift", access: .admin,
            about: "Shows one departure of an operation with a payload that has it, without secrets and personal data.",
            answers: [.json("The departure.", departure)]),
        APIOperation(
            method: "POST", path: "/v1/drift/{name}/accept", id: "acceptProposal", tag: "Drift", access: .admin,
            about: "Rewrites the contract as proposed.", answers: [.json("What changed.", Schema.open([:]))]),
        APIOperation(
            method: "POST", path: "/v1/drift/{name}/reject", id: "rejectProposal", tag: "Drift", access: .admin,
            about: "Puts the proposal away; it is not made again.",
            answers: [.json("What was put away.", Schema.object(["rejected": Schema.text]))]),
        APIOperation(
            method: "GET", path: "/v1/cache", id: "getCache", tag: "Cache", access: .admin,
            about: "What the cache holds.", answers: [.json("The cache.", Schema.reference("Cache"))]),
        APIOperation(
            method: "DELETE", path: "/v1/cache", id: "purgeCache", tag: "Cache", access: .admin,
            about: "Forgets everything kept.", answers: [.json("How much.", Schema.reference("Removed"))]),
        APIOperation(
            method: "DELETE", path: "/v1/cache/{provider}", id: "purgeProvider", tag: "Cache", access: .admin,
            about: "Forgets what is kept of one provider.",
            answers: [.json("How much.", Schema.reference("Removed"))]),
        APIOperation(
            method: "GET", path: "/v1/faults", id: "listFaults", tag: "Faults", access: .admin,
            about: "Lists failures that are played to callers.",
            answers: [.json("The faults.", Schema.object(["faults": Schema.list(Schema.reference("Fault"))]))]),
        APIOperation(
            method: "POST", path: "/v1/faults", id: "addFault", tag: "Faults", access: .admin,
            about: "Plays a failure to callers; not in production.", body: fault,
            answers: [.json(status: 201, "The fault.", Schema.reference("Fault"))]),
        APIOperation(
            method: "DELETE", path: "/v1/faults", id: "removeFaults", tag: "Faults", access: .admin,
            about: "Removes all faults.", answers: [.json("How many.", Schema.reference("Removed"))]),
        APIOperation(
            method: "DELETE", path: "/v1/faults/{id}", id: "removeFault", tag: "Faults", access: .admin,
            about: "Removes a fault.", answers: [.json("How many.", Schema.reference("Removed"))]),
        APIOperation(
            method: "GET", path: "/v1/recording", id: "getRecording", tag: "Recording", access: .admin,
            about: "The examples recorded so far.",
            parameters: [.query("after", "Only examples after this number.", Schema.whole)],
            answers: [.json("The recording.", Schema.reference("Recording"))]),
        APIOperation(
            method: "POST", path: "/v1/recording", id: "startRecording", tag: "Recording", access: .admin,
            about: "Records examples for a while; not in production.",
            body: Schema.closed(
                ["seconds": Schema.whole(from: 1, to: 3600), "provider": Schema.text], needed: ["seconds"]),
            answers: [.json(status: 201, "The recording.", Schema.reference("Recording"))]),
        APIOperation(
            method: "DELETE", path: "/v1/recording", id: "stopRecording", tag: "Recording", access: .admin,
            about: "Ends the recording.", answers: [.json("The recording.", Schema.reference("Recording"))]),
    ]

    /// A status, a delay, or a kind of its own.
    private static let fault: JSONValue = {
        let common: JSONObject = [
            "provider": Schema.text, "operation": Schema.text,
            "rate": ["type": "number", "exclusiveMinimum": 0, "maximum": 1],
            "lifetime_ms": Schema.whole(from: 1, to: 30 * 86_400_000),
        ]
        func variant(_ members: JSONObject, _ needed: [String]) -> JSONValue {
            var all = common
            for (name, schema) in members.entries { all[name] = schema }
            return Schema.closed(all, needed: ["provider"] + needed)
        }
        let delay = Schema.whole(from: 0, to: 300_000)
        return [
            "oneOf": [
                variant(
                    ["kind": ["const": "status"], "status": Schema.whole(from: 200, to: 599), "delay_ms": delay],
                    ["status"]),
                variant(["kind": Schema.choice(["drop", "truncated", "garbage"]), "delay_ms": delay], ["kind"]),
                variant(
                    ["kind": ["const": "delay"], "delay_ms": Schema.whole(from: 1, to: 300_000)], ["delay_ms"]),
            ]
        ]
    }()

    static let health: [APIOperation] = [
        APIOperation(
            method: "GET", path: "/healthz", id: "isAlive", tag: "Health", access: .open,
            about: "The process answers.", answers: [.json("It does.", Schema.reference("Status"))]),
        APIOperation(
            method: "GET", path: "/readyz", id: "isReady", tag: "Health", access: .open,
            about: "It may be sent work.", answers: [.json("It may.", Schema.reference("Status"))]),
        APIOperation(
            method: "GET", path: "/openapi.json", id: "getDescription", tag: "Health", access: .open,
            about: "This description.", answers: [.json("OpenAPI 3.1.", Schema.open(["openapi": Schema.text]))]),
    ]
}
