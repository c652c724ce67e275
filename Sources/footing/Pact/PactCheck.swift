import ArgumentParser
import Contracts
import Gateway
import Inventory
import Pact
import Store

/// `footing pact check`: do the pact and the inventory's contracts agree?
struct PactCheck: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Compare a pact with the inventory's contracts, without calling anyone.",
        discussion: """
            Of each interaction: the operation its request belongs to, its examples against the contracts of request and \
            answer, and matching rules that allow what the contract refuses (these are unproven; --strict makes them fail).

            Examples:
              footing pact check orders-rents.json --provider rents
              footing pact check orders-rents.json --strict --junit pact.xml
            Next: footing pact verify asks the provider itself.
            """)

    @Argument(help: ArgumentHelp("The Pact file.", valueName: "file"))
    var file: String

    @Option(
        help: ArgumentHelp(
            "The provider in the inventory. (default: the pact's own, if it is there)", valueName: "name"))
    var provider: String?

    @OptionGroup var report: ProofOptions
    @OptionGroup var project: ProjectOptions

    func run() throws {
        let pact = try PactFile.read(path: file)
        let loaded = try project.folder().load()
        let name = provider ?? pact.provider
        let routes = RouteTable.compile(loaded)
        let declared = try loaded.known(name, advice: "name one with --provider")
        guard let route = routes.table.provider(name) else { return }
        let started = SystemClock().now().description
        let checkup = PactCheckup(pact) { method, path in
            guard let match = declared.match(method: method, path: PactPathText.escaped(path)),
                let operation = route.operation(match.operation.name)
            else { return nil }
            return (Self.contract(operation, of: name), match.parameters)
        }
        try report.tell(ProofReport(title: "pact check", started: started, cases: checkup.cases()))
    }

    private static func contract(_ route: OperationRoute, of provider: String) -> PactContract {
        func values(_ contract: TextContract?) -> PactContract.Values? {
            contract.map { contract in
                PactContract.Values(schema: contract.schema) { contract.value(of: $0, named: $1) }
            }
        }
        return PactContract(
            name: "\(provider).\(route.operation.name)", path: values(route.path), query: values(route.query),
            body: route.body, response: route.response)
    }
}
