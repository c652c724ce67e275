import ArgumentParser

/// `footing cache ...`: answers that are kept for later callers.
struct CacheCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cache",
        abstract: "See what is kept of providers' answers, and forget it.",
        discussion: """
            Kept are answers of operations with cache rules in the inventory. A write to the same path forgets them by \
            itself; what the provider changes on its own shows once their time is over, or after a purge.

            Example:
              footing cache ls
            Next: footing cache purge rents
            """,
        subcommands: [CacheLs.self, CachePurge.self])
}
