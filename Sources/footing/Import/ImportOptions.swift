import ArgumentParser
import Imports

/// What all imports of a provider's description have in common.
struct ImportOptions: ParsableArguments {
    @Option(help: "The provider's name in the inventory, such as stripe.")
    var provider: String

    @Option(help: ArgumentHelp("The provider's address in production.", valueName: "url"))
    var production: String?

    @Option(help: ArgumentHelp("The provider's address for trying things out.", valueName: "url"))
    var sandbox: String?

    @Option(help: ArgumentHelp("The name of its secret. (default: the provider's name and -key)", valueName: "name"))
    var secret: String?

    @Option(
        help: ArgumentHelp(
            "The header in which the provider takes idempotency keys for its writes.", valueName: "header"))
    var idempotency: String?

    @Flag(help: "Where you and the document both changed something, take what the document says.")
    var replace = false

    @Flag(help: "Show what would change and write nothing.")
    var dryRun = false

    @Flag(help: "Answer in JSON, for programs.")
    var json = false

    @OptionGroup var project: ProjectOptions

    func settings(source: String) -> ImportSettings {
        var settings = ImportSettings(
            provider: provider, source: source.split(separator: "/").last.map { String($0) } ?? source)
        settings.production = production
        settings.sandbox = sandbox
        settings.secret = secret
        settings.idempotencyHeader = idempotency
        settings.replaces = replace
        return settings
    }
}
