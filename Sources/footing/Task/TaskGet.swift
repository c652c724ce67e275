import ArgumentParser
import Contracts
import Inventory

/// `footing task get`: fetches a file of a task.
struct TaskGet: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "get",
        abstract: "Fetch a file a task has made.",
        discussion: """
            The file appears whole or not at all. Without --output it keeps its name and lands in this folder.

            Examples:
              footing task get tk_01JD0Z5R8 report.pdf
              footing task get tk_01JD0Z5R8 neighbourhoods.csv -o - | head
            """)

    @Argument(help: "The task's id.")
    var id: String

    @Argument(help: "The file's name, as footing task files gives it.")
    var name: String

    @Option(name: [.short, .long], help: ArgumentHelp("Where to; - is standard output.", valueName: "file"))
    var output: String?

    @OptionGroup var options: ClientOptions

    func run() async throws {
        let bytes = try await options.client(bodyLimit: 300 << 20).file(
            "/v1/tasks/\(PercentEncoding.encode(id))/files/\(PercentEncoding.encode(name))", subject: "file \(name)")
        if output == "-" { return Terminal.output.write(bytes: bytes) }
        var path = output ?? String(name.split(separator: "/").last ?? "file")
        if Files.isFolder(path) { path += "/" + (name.split(separator: "/").last ?? "file") }
        try Files.write(bytes, to: path)
        if options.json {
            let answer: JSONValue = ["file": .string(path), "size": JSONValue(bytes.count)]
            return Terminal.output.line(answer.text)
        }
        Terminal.output.line("\(Shape.ok.text(on: .output)) \(path.printable), \(Words.bytes(bytes.count))")
    }
}
