import ArgumentParser

/// `footing secret ...`: credentials of providers.
struct SecretCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "secret",
        abstract: "Keep the keys of providers.",
        discussion: """
            Values are encrypted in .footing/secrets.db and never leave the server. footing.yaml names them; providers use \
            them by name. A new value is used from the next call on, without a restart.

            Example:
              footing secret set geocoder-key < key.txt
            Next: footing secret ls
            """,
        subcommands: [SecretSet.self, SecretLs.self, SecretRm.self])
}
