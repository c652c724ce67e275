import Access
import ArgumentParser
import Contracts
import Store

/// `footing store vacuum`: gives unused room back.
struct StoreVacuum: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "vacuum",
        abstract: "Give unused room of the databases back to the disk; the server must be stopped.",
        discussion: """
            Removed records leave room that new ones use again, so this is rarely needed: after keep in footing.yaml was \
            shortened, for instance. It needs as much free room as the file is large, and an interruption changes nothing.

            Example:
              footing store vacuum
            Next: footing serve
            """)

    @Flag(help: "Answer in JSON, for programs.")
    var json = false

    @OptionGroup var project: ProjectOptions

    func run() async throws {
        let files = try StateFiles(try project.folder())
        try files.requireState()
        let lock = try files.alone(at: SystemClock().now(), to: "vacuum")
        let progress = ProgressLine()
        defer { progress.end() }
        let sizes = try withExtendedLifetime(lock) {
            try [
                SQLiteStore.file(files.file(StateFiles.state)),
                EmbeddedSecretStore.file(files.file(StateFiles.secrets)),
            ].filter { Files.exists($0.path) }.map { file in
                let name = file.path.split(separator: "/").last.map(String.init) ?? ""
                progress.show(name, isNew: true)
                let room = try file.vacuum()
                return (name: name, before: room.before, after: room.after)
            }
        }
        progress.end()
        let terminal = Terminal.output
        json ? terminal.line(Self.json(sizes).pretty()) : terminal.lines(Self.lines(sizes, on: terminal))
    }

    static func json(_ sizes: [(name: String, before: Int, after: Int)]) -> JSONValue {
        [
            "files": .array(
                sizes.map {
                    ["file": .string($0.name), "before": JSONValue($0.before), "after": JSONValue($0.after)]
                })
        ]
    }

    static func lines(_ sizes: [(name: String, before: Int, after: Int)], on terminal: Terminal) -> [String] {
        let freed = sizes.reduce(0) { $0 + max(0, $1.before - $1.after) }
        let head = freed > 0 ? "\(Words.bytes(freed)) came back." : "There was no room to give back."
        var table = Table("file", "before", "after", "came back")
        for size in sizes {
            table.add(
                size.name, Words.bytes(size.before), Words.bytes(size.after),
                Words.bytes(max(0, size.before - size.after)))
        }
        return ["\(Shape.ok.text(on: terminal)) \(terminal.sentence(head))", ""] + table.lines(on: terminal)
            + ["", "Next: footing serve"]
    }
}
