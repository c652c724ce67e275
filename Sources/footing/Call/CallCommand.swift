import ArgumentParser
import Contracts
import Inventory

/// `footing call`: one call to an operation, through the same corridor as everyone's.
struct CallCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "call",
        abstract: "Make one call to an operation of the inventory.",
        discussion: """
            The call goes through the running server: it is checked, signed, limited, retried and written down like every \
            other. The answer is printed as JSON.

            Examples:
              footing call geocoder.search --query q=Alexanderplatz
              footing call rents.get --path area=mitte
              footing call rents.create-watch --body '{"area": "mitte", "max_rent": 1200}'
            A slow operation becomes a task; follow it with --watch.
            Next: footing logs shows what happened on the way.
            """)

    @Argument(help: ArgumentHelp("What to call.", valueName: "provider.operation"))
    var operation: String

    @Option(help: ArgumentHelp("A part of the path; may be repeated.", valueName: "key=value"))
    var path: [String] = []

    @Option(help: ArgumentHelp("A parameter of the query; may be repeated.", valueName: "key=value"))
    var query: [String] = []

    @Option(help: ArgumentHelp("The body as JSON, or @file; @- is standard input.", valueName: "json"))
    var body: String?

    @Option(help: ArgumentHelp("The same key twice is one write only.", valueName: "key"))
    var idempotencyKey: String?

    @Flag(help: "Follow the task that a slow operation becomes.")
    var watch = false

    @OptionGroup var options: ClientOptions

    func validate() throws {
        guard operation.split(separator: ".", maxSplits: 1).count == 2 else {
            throw ValidationError("\"\(operation)\" is not PROVIDER.OPERATION, such as rents.search.")
        }
        for pair in path + query where !pair.contains("=") {
            throw ValidationError("\"\(pair)\" is not key=value.")
        }
    }

    func run() async throws {
        let client = try options.client()
        var input = JSONObject()
        if let path = KeyValue.texts(path) { input["path"] = path }
        if let query = KeyValue.texts(query) { input["query"] = query }
        if let body { input["body"] = try Self.json(body) }
        let (status, answer) = try await client.post(
            "/v1/calls/\(PercentEncoding.encode(operation))", .object(input), key: idempotencyKey, subject: operation)
        if status == 202, answer["id"]?.stringValue?.hasPrefix("tk_") == true {
            try await Submitted(client: client, task: answer, wantsJSON: options.json).tell(watch: watch)
            guard watch, !options.json, let id = answer["id"]?.stringValue else { return }
            let task = try await client.get("/v1/tasks/\(PercentEncoding.encode(id))", subject: "task \(id)")
            return Terminal.output.line("\n" + (task["result"] ?? .null).pretty())
        }
        Terminal.output.line(answer.pretty())
    }

    private static func json(_ text: String) throws -> JSONValue {
        let bytes = text.hasPrefix("@") ? try Files.read(String(text.dropFirst())) : Array(text.utf8)
        do {
            return try JSONValue.parse(bytes)
        } catch {
            throw Failure(.usage, "The body is not JSON", evidence: ["\(error)"])
        }
    }
}
