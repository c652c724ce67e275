package import Contracts
package import Gateway
import Inventory
import Store

/// Tries every operation of a project: its examples, the edges of its contracts, its error map, and what callers see when
/// the provider says "slow down".
///
/// Examples and valid edges are called for real; writes only where that was allowed. What must be refused, error answers
/// and rate limits are played inside the process, so that they are the same every time and nobody is bothered.
package struct ContractTest: Sendable {
    package struct Options: Sendable {
        /// nil: all.
        package var provider: String?
        package var operation: String?
        /// Whether writes and payments may be called, which only happens in the sandbox.
        package var writes = false

        package init(provider: String? = nil, operation: String? = nil, writes: Bool = false) {
            self.provider = provider
            self.operation = operation
            self.writes = writes
        }
    }

    private let project: Project
    private let routes: RouteTable
    private let recorded: [String: [RecordedExample]]
    private let calls: any ProofCalls
    private let ground: ProofGround
    private let options: Options

    /// - Parameters:
    ///   - recorded: examples by `provider.operation`.
    ///   - calls: how providers are called for real.
    package init(
        _ routes: RouteTable, recorded: [String: [RecordedExample]], calls: any ProofCalls, ground: ProofGround,
        options: Options
    ) {
        project = routes.project
        self.routes = routes
        self.recorded = recorded
        self.calls = calls
        self.ground = ground
        self.options = options
    }

    /// How many operations will be tried.
    package var count: Int { chosen.reduce(0) { $0 + $1.operations.count } }

    /// - Parameter told: called after each operation with its cases.
    package func run(_ told: (String, [ProofCase]) -> Void = { _, _ in }) async throws -> ProofReport {
        let started = ground.clock.now().description
        var cases: [ProofCase] = []
        for (provider, operations) in chosen {
            let stage = RouteTable.compile(
                Project(name: "played", language: project.language, providers: [provider.played(operations)])
            ).table
            for operation in operations {
                guard let route = routes.provider(provider.name)?.operation(operation.name) else { continue }
                let subject = "\(provider.name).\(operation.name)"
                var proof = OperationProof(
                    project: project, provider: provider, route: route, stage: stage,
                    recorded: recorded[subject] ?? [], calls: calls, ground: ground,
                    mayWrite: options.writes && project.environment == .sandbox)
                try await proof.run()
                told(subject, proof.cases)
                cases += proof.cases
            }
        }
        return ProofReport(
            title: "contract test", started: started, environment: project.environment.rawValue, cases: cases)
    }

    private var chosen: [(provider: Provider, operations: [Operation])] {
        project.providers.filter { options.provider == nil || $0.name == options.provider }.map { provider in
            (provider, provider.operations.filter { options.operation == nil || $0.name == options.operation })
        }.filter { !$0.operations.isEmpty }
    }
}
