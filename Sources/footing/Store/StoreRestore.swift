import ArgumentParser
import Contracts
import Store

/// `footing store restore`: a backup in the place of the state.
struct StoreRestore: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Put a backup in the place of the state; the server must be stopped.",
        discussion: """
            Every byte is compared with the manifest and the databases are looked through before anything changes; then the \
            state changes at once. With --replace the state that is here is moved aside, to .footing.before-TIME, never deleted.

            Tasks that were under way go on after the start. Writes made after the backup are not known to the restored state.

            Example:
              footing store restore /var/backups/footing-today --replace
            Next: footing serve
            """)

    @Argument(help: "The folder that footing store backup made.")
    var folder: String

    @Flag(help: "Also where the project has a state already, which is moved aside.")
    var replace = false

    @Flag(help: "Answer in JSON, for programs.")
    var json = false

    @OptionGroup var project: ProjectOptions

    func run() async throws {
        let files = try StateFiles(try project.folder())
        let progress = ProgressLine()
        defer { progress.end() }
        let outcome = try StateRestore(
            files: files, source: Files.absolute(folder), replaces: replace, clock: SystemClock(), progress: progress
        ).run()
        progress.end()
        let terminal = Terminal.output
        json
            ? terminal.line(Self.json(outcome).pretty()) : terminal.lines(Self.lines(outcome, on: terminal))
    }

    static func json(_ outcome: StateRestore.Outcome) -> JSONValue {
        [
            "made": .string(outcome.manifest.made.description), "files": JSONValue(outcome.manifest.entries.count),
            "size": JSONValue(outcome.manifest.size), "earlier_state": JSONValue(outcome.earlier),
            "master_key": .string(outcome.masterKey.rawValue),
        ]
    }

    static func lines(_ outcome: StateRestore.Outcome, on terminal: Terminal) -> [String] {
        let manifest = outcome.manifest
        let head =
            "The state of \(manifest.made) is restored: \(Words.count(manifest.entries.count, "file")), "
            + "\(Words.bytes(manifest.size))."
        var lines = ["\(Shape.ok.text(on: terminal)) \(terminal.sentence(head.printable))"]
        let indent = String(repeating: " ", count: Shape.width(on: terminal) + 1)
        if let earlier = outcome.earlier {
            lines += "The state that was here lies in \(earlier.printable).".wrapped(terminal.width - indent.count)
                .map { indent + $0 }
        }
        switch outcome.masterKey {
        case .notNeeded, .fromBackup, .fromVariable: break
        case .fromEarlierState:
            lines.append(indent + "The master key was not in it; the one that was here fits and stays.")
        case .missing:
            lines += BackupTable.remark(
                "The master key is missing: put master.key back into .footing/ or set FOOTING_MASTER_KEY, else the secrets "
                    + "cannot be read and the server does not start.", .fail, on: terminal)
        }
        return lines + ["Next: footing serve"]
    }
}
