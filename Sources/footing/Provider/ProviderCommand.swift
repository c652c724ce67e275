import ArgumentParser

/// `footing provider ...`: the providers and their kill switches.
struct ProviderCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "provider",
        abstract: "See providers, switch one off and on again.",
        discussion: """
            A provider that is switched off is not called by anyone: callers are told at once that it is not available, \
            and nothing waits for it.

            Example:
              footing provider disable rents --reason "wrong prices since 14:00"
            Next: footing provider ls
            """,
        subcommands: [ProviderLs.self, ProviderShow.self, ProviderDisable.self, ProviderEnable.self])
}
