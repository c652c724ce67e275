import ArgumentParser
import Contracts
import Store

/// `footing store backup`: a copy of the state, beside the running server.
struct StoreBackup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Copy the state into a new folder; the server may run.",
        discussion: """
            The copy is of one moment and whole: databases, files of tasks, and a manifest with sizes and SHA-256. It appears \
            when it is complete; one that was interrupted has no manifest and is no backup.

            The key to the secrets is not in it, so that who finds the backup cannot read them. Keep it elsewhere, or add it.

            Examples:
              footing store backup /var/backups/footing-today
              tar -czf today.tar.gz -C /var/backups footing-today
            Next: footing store restore FOLDER --project ELSEWHERE
            """)

    @Argument(help: "The folder to make; the one above it must be there.")
    var folder: String

    @Flag(help: "Put the master key in too: whoever has the backup can then read the secrets.")
    var withMasterKey = false

    @Flag(help: "Answer in JSON, for programs.")
    var json = false

    @OptionGroup var project: ProjectOptions

    func run() async throws {
        let place = try project.folder()
        let files = try StateFiles(place)
        try files.requireState()
        let progress = ProgressLine()
        defer { progress.end() }
        let name = place.path.split(separator: "/").last.map(String.init) ?? ""
        let backup = StateBackup(
            files: files, target: Files.absolute(folder), withMasterKey: withMasterKey, project: name,
            clock: SystemClock(), progress: progress)
        let manifest = try backup.make()
        progress.end()
        let terminal = Terminal.output
        json
            ? terminal.line(manifest.json.pretty())
            : terminal.lines(Self.lines(manifest, folder: Files.absolute(folder), on: terminal))
    }

    static func lines(_ manifest: BackupManifest, folder: String, on terminal: Terminal) -> [String] {
        let live = manifest.isLive ? ", made beside the running server" : ""
        let head = "\(folder) is a backup of \(manifest.project)\(live): \(Words.bytes(manifest.size))."
        var lines = ["\(Shape.ok.text(on: terminal)) \(terminal.sentence(head.printable))", ""]
        lines += BackupTable.table(manifest).lines(on: terminal) + [""]
        let indent = String(repeating: " ", count: Shape.width(on: terminal) + 1)
        if manifest.hasSecrets, !manifest.hasMasterKey {
            let told =
                "The master key is not in it, and without it nobody can read the secrets: keep master.key (or "
                + "FOOTING_MASTER_KEY) in another place, or add it with --with-master-key."
            lines += BackupTable.remark(told, .slow, on: terminal)
        } else if manifest.hasMasterKey {
            lines += BackupTable.remark(
                "The master key is in it: whoever has this folder can read the secrets.", .slow, on: terminal)
        }
        lines.append(indent + "Tokens of callers keep working after a restore; cli.token is made anew.")
        return lines + ["Next: footing store restore \(folder.printable) --project ELSEWHERE"]
    }
}
