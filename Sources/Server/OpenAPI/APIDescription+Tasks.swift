import Contracts

extension APIDescription {
    private typealias Schema = APISchemas

    private static let key = APIOperation.Parameter.header(
        "Idempotency-Key", "The same request under the same key is done once.",
        ["type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$"])

    static let sessions: [APIOperation] = [
        APIOperation(
            method: "POST", path: "/v1/session", id: "startSession", tag: "Sessions", access: .open,
            about: "Gives a browser of the app a short-lived token in a cookie.",
            answers: [
                .json("The session.", Schema.object(["expires": Schema.time, "scopes": Schema.list(Schema.text)]))
            ])
    ]

    static let tasks: [APIOperation] = [
        APIOperation(
            method: "POST", path: "/v1/tasks", id: "startTask", tag: "Tasks", access: .token,
            about: "Starts a task. Needs the scope task:RECIPE.", parameters: [key],
            body: Schema.closed(
                ["recipe": Schema.text, "input": Schema.anything], needed: ["recipe"]),
            answers: [.json(status: 202, "The task, durable.", Schema.reference("Task"))]),
        APIOperation(
            method: "GET", path: "/v1/tasks", id: "listTasks", tag: "Tasks", access: .token,
            about: "Lists tasks, newest first: the caller's own, or all with the scope admin.",
            parameters: [
                .query(
                    "state", "Only tasks in this state.",
                    Schema.choice(["queued", "running", "waiting", "done", "failed", "cancelled"])),
                .query("recipe", "Only tasks of this recipe.", Schema.text),
                .query("limit", "At most so many.", Schema.whole(from: 1, to: 200)),
                .query("before", "Only tasks before this id: the next page.", Schema.text),
            ], answers: [.json("A page of tasks.", Schema.reference("TaskList"))]),
        APIOperation(
            method: "GET", path: "/v1/tasks/{id}", id: "getTask", tag: "Tasks", access: .token,
            about: "Shows a task with its steps.", answers: [.json("The task.", Schema.reference("TaskDetail"))]),
        APIOperation(
            method: "POST", path: "/v1/tasks/{id}/cancel", id: "cancelTask", tag: "Tasks", access: .token,
            about: "Asks a task to end.", answers: [.json(status: 202, "The task.", Schema.reference("Task"))]),
        APIOperation(
            method: "GET", path: "/v1/tasks/{id}/events", id: "followTask", tag: "Tasks", access: .token,
            about: "Follows a task's journal: server-sent events, or JSON where Accept asks for it.",
            parameters: [
                .query("after", "Only events after this number.", Schema.whole),
                .query("wait", "With JSON: seconds to wait for an event.", Schema.whole(from: 0, to: 30)),
                .header("Last-Event-ID", "As `after`; sent by browsers when they come back.", Schema.whole),
            ],
            answers: [
                .json("Events.", Schema.object(["events": Schema.list(Schema.reference("Event"))])),
                .bytes("Events as they come.", "text/event-stream"),
                .empty(status: 204, "The task has ended and the reader has everything."),
            ]),
    ]

    static let files: [APIOperation] = [
        APIOperation(
            method: "GET", path: "/v1/tasks/{id}/files", id: "listFiles", tag: "Files", access: .token,
            about: "Lists what a task has made.",
            answers: [.json("The files.", Schema.object(["files": Schema.list(Schema.reference("File"))]))]),
        APIOperation(
            method: "GET", path: "/v1/tasks/{id}/files/{name}", id: "getFile", tag: "Files", access: .token,
            about: "Sends a file, or one range of it. Conditions as in RFC 9110.", parameters: fileParameters,
            answers: [
                .bytes("The file.", "*/*"), .bytes(status: 206, "One range of it.", "*/*"),
                .empty(status: 304, "The caller has it already."),
            ]),
        APIOperation(
            method: "HEAD", path: "/v1/tasks/{id}/files/{name}", id: "headFile", tag: "Files", access: .token,
            about: "The fields of a file without the file.", parameters: fileParameters,
            answers: [.empty(status: 200, "The file is there."), .empty(status: 304, "The caller has it already.")]),
    ]

    private static let fileParameters: [APIOperation.Parameter] = [
        APIOperation.Parameter.query("inline", "1 shows harmless kinds in place.", Schema.choice(["0", "1"]))
    ]
}
