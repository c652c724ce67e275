import ArgumentParser
import Contracts

/// `footing task new`: hands in a task.
struct TaskNew: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new",
        abstract: "Start a task from a recipe.",
        discussion: """
            Input is given as key=value: a value that is JSON is taken as JSON, any other as text. Or as a file with --input; \
            key=value then replaces members of it. The recipe's own schema checks it.

            Examples:
              footing task new commute-report office=Alexanderplatz budget=1200 max_commute=35 --watch
              echo '{"office": "Alexanderplatz", "budget": 1200, "max_commute": 35}' \
            | footing task new commute-report --input -
            Next: footing task watch ID. Exit code with --watch: 0 when the task is done, 1 when it failed.
            """)

    @Argument(help: "The recipe's name.")
    var recipe: String

    @Argument(help: ArgumentHelp("Members of the input.", valueName: "key=value"))
    var members: [String] = []

    @Option(help: ArgumentHelp("A file that holds the input as a JSON object; - is standard input.", valueName: "file"))
    var input: String?

    @Option(help: ArgumentHelp("The same key twice starts one task only.", valueName: "key"))
    var idempotencyKey: String?

    @Flag(help: "Follow the task to its end.")
    var watch = false

    @OptionGroup var options: ClientOptions

    func validate() throws {
        for member in members where !member.contains("=") {
            throw ValidationError("\"\(member)\" is not key=value.")
        }
    }

    func run() async throws {
        let client = try options.client()
        let body: JSONValue = ["recipe": .string(recipe), "input": .object(try inputObject())]
        let (_, task) = try await client.post("/v1/tasks", body, key: idempotencyKey, subject: "task \(recipe)")
        try await Submitted(client: client, task: task, wantsJSON: options.json).tell(watch: watch)
    }

    private func inputObject() throws -> JSONObject {
        var object = JSONObject()
        if let input {
            let bytes = try Files.read(input)
            let value: JSONValue
            do {
                value = try JSONValue.parse(bytes)
            } catch {
                throw Failure(.usage, "The input is not JSON", evidence: ["\(error)"])
            }
            guard let read = value.objectValue else {
                throw Failure(.usage, "The input is not a JSON object", evidence: ["It is of type \(value.typeName)."])
            }
            object = read
        }
        for member in members {
            let (key, value) = KeyValue.split(member)
            object[key] = KeyValue.json(value)
        }
        return object
    }
}
