import Access
import ArgumentParser
import Contracts
import Store

/// `footing token new`: makes a token and shows it once.
struct TokenNew: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new",
        abstract: "Make a token.",
        discussion: """
            The token is printed once, on standard output; only its hash is kept.

            Examples:
              footing token new --name backend --scope "call:rents.*" --scope task:commute-report --ttl 90d
              TOKEN=$(footing token new --name ci --scope admin --ttl 1h)
            """)

    @Option(help: "Who will hold it; shown with every call.")
    var name: String

    @Option(help: "What it allows; may be repeated.")
    var scope: [String] = []

    @Option(help: ArgumentHelp("How long it is good for, e.g. 12h, 30d. (default: until revoked)", valueName: "time"))
    var ttl: TimeSpan?

    @Option(help: "The tenant whose data it reaches.")
    var tenant = "main"

    @Flag(help: "Answer in JSON, for programs.")
    var json = false

    @OptionGroup var project: ProjectOptions

    func validate() throws {
        guard !scope.isEmpty else {
            throw ValidationError("A token needs at least one --scope, e.g. --scope \"call:rents.*\".")
        }
        for text in scope {
            do {
                _ = try Scope(parsing: text)
            } catch {
                throw ValidationError(error.reason)
            }
        }
    }

    func run() async throws {
        let authority = try await LocalState(folder: try project.folder()).tokens()
        let token = try await authority.issue(name: name, scopes: scope, tenant: tenant, ttl: ttl?.duration)
        let record = token.record
        if json {
            let answer: JSONValue = [
                "token": .string(token.text), "id": .string(record.id), "name": .string(record.name),
                "scopes": JSONValue(record.scopes), "tenant": .string(record.tenant),
                "expires": JSONValue(record.expires?.description),
            ]
            return Terminal.output.line(answer.text)
        }
        let until = record.expires.map { "until \($0)" } ?? "until it is revoked"
        Terminal.errors.line(
            Terminal.errors.sentence("\(record.name.printable): \(record.scopes.joined(separator: ", ")), \(until)."))
        Terminal.output.line(token.text)
        Terminal.errors.line(
            Terminal.errors.note("It is shown only now. Revoke it: footing token revoke \(record.id)"))
    }
}
