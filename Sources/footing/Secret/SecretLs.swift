import Access
import ArgumentParser
import Contracts
import Inventory
import Store

/// `footing secret ls`: which secrets there are, which are missing, who uses them.
struct SecretLs: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ls",
        abstract: "List secrets: set or not, how old, who uses them.",
        discussion: """
            Values are never shown. Two secrets with the same fingerprint hold the same value.

            Example:
              footing secret ls
            Next: footing secret set NAME for those that are missing
            """)

    @Flag(help: "Answer in JSON, for programs.")
    var json = false

    @OptionGroup var project: ProjectOptions

    private struct Row {
        let name: String
        let info: SecretInfo?
        let users: [String]
        let about: String?
        let isDeclared: Bool
    }

    func run() async throws {
        let folder = try project.folder()
        let project = try folder.load()
        let rows = Self.rows(project, try await LocalState(folder: folder).secretInfos())
        let terminal = Terminal.output
        if json {
            let answer: JSONValue = ["secrets": .array(rows.map(Self.json))]
            return terminal.line(answer.pretty())
        }
        let missing = rows.filter { $0.info == nil }
        terminal.line(terminal.sentence(Self.sentence(rows.count, missing: missing.count)))
        let now = SystemClock().now()
        var table = Table("", "name", "version", "set", "fingerprint", "used by")
        for row in rows {
            let newest = row.info?.versions.first
            table.add(
                row.info == nil ? "missing" : "set", row.name, newest.map { String($0.number) } ?? "-",
                newest.map { Words.age(of: $0.created, at: now) } ?? "-", row.info?.fingerprint ?? "-",
                row.users.isEmpty
                    ? (row.isDeclared ? "nobody" : "nobody, not in footing.yaml") : row.users.joined(separator: ", "))
        }
        terminal.lines(table.lines(on: terminal))
        if let first = missing.first {
            terminal.line("Next: footing secret set \(first.name)\(first.about.map { "   (\($0.printable))" } ?? "")")
        }
    }

    private static func rows(_ project: Project, _ infos: [SecretInfo]) -> [Row] {
        let known = Dictionary(infos.map { ($0.name, $0) }) { first, _ in first }
        let names = Set(project.secrets.keys.map(\.rawValue)).union(known.keys).sorted()
        return names.map { name in
            let declaration = project.secrets[SecretName(name)]
            return Row(
                name: name, info: known[name],
                users: project.providers.filter { $0.auth.secret?.rawValue == name }.map(\.name),
                about: declaration?.about, isDeclared: declaration != nil)
        }
    }

    private static func sentence(_ count: Int, missing: Int) -> String {
        switch (count, missing) {
        case (0, _): "The project names no secret."
        case (_, 0): "\(Words.count(count, "secret")), all set."
        default: "\(Words.count(count, "secret")), \(missing) not set yet."
        }
    }

    private static func json(_ row: Row) -> JSONValue {
        let newest = row.info?.versions.first
        return [
            "name": .string(row.name), "set": .bool(row.info != nil), "declared": .bool(row.isDeclared),
            "version": JSONValue(newest?.number), "created": JSONValue(newest?.created.description),
            "fingerprint": JSONValue(row.info?.fingerprint), "used_by": JSONValue(row.users),
            "about": JSONValue(row.about),
        ]
    }
}
