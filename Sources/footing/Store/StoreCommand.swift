import ArgumentParser

/// `footing store ...`: the state as a whole.
struct StoreCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "store",
        abstract: "Check, back up and restore the state.",
        discussion: """
            The state is what lies in .footing/: tasks, journals, the ledger, tokens, secrets, files of tasks. It can be checked \
            and backed up while the server runs; restore and vacuum want it stopped.

            Where FOOTING_DATABASE_URL puts the state into PostgreSQL, use its own tools: pg_dump, or a base backup with \
            archived WAL (PITR).

            Example:
              footing store backup /var/backups/footing-today
            Next: footing store check
            """,
        subcommands: [StoreCheck.self, StoreBackup.self, StoreRestore.self, StoreVacuum.self])
}
