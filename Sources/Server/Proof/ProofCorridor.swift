package import Access
package import Contracts
package import Gateway
import Inventory
import NIOPosix
package import Store
import Wire

/// A corridor for contract tests: the whole way of a call inside this process, without listener, ledger or tasks.
///
/// One call at a time.
package final class ProofCorridor: ProofCalls {
    private let corridor: Corridor
    private let sink: ProofSink
    private let ids: any IDSource
    private let caller: Caller
    private static let patience = Duration.seconds(300)

    /// - Parameters:
    ///   - store: for intents; one that is thrown away, so that the project's own state is not touched.
    ///   - client: who answers in place of the providers; nil: the providers do.
    package init(
        _ table: RouteTable, store: any StateStore, secrets: any SecretStore, client: any ProviderClient,
        clock: any WallClock, ids: any IDSource
    ) {
        let sink = ProofSink()
        var parts = CorridorParts(
            tokens: TokenAuthority(store: store, ids: ids, clock: clock), secrets: secrets, intents: store,
            client: client, sink: sink, unsettled: UnsettledWrites(store: store),
            controls: ControlBoard(store: store, clock: clock, ids: ids), clock: clock, ids: ids, node: ids.next("n_"))
        if client is PlayedProvider { parts.jitter = NoJitter() }
        corridor = Corridor(table: table, parts: parts, group: MultiThreadedEventLoopGroup.singleton)
        self.sink = sink
        self.ids = ids
        caller = Caller(id: "t_contract_test", name: "contract test", tenant: "main", scopes: [.admin])
    }

    package func call(
        provider: String, operation: String, input: JSONValue, key: String?
    ) async throws -> ProofAnswer {
        try await call(provider: provider, operation: operation, input: input, key: key, patience: Self.patience)
    }

    func call(
        provider: String, operation: String, input: JSONValue, key: String?, patience: Duration
    ) async throws -> ProofAnswer {
        let requestID = ids.next("r_")
        let request = CallRequest(
            provider: provider, target: .typed(operation: operation, input: input), credential: .known(caller),
            requestID: requestID, idempotencyKey: key, mayDefer: false, patience: patience)
        _ = sink.take()
        do {
            let result = try await corridor.call(request)
            guard case .answer(let answer) = result else { throw CancellationError() }
            return finished(ProofAnswer(status: answer.status))
        } catch let problem as Problem {
            var answer = ProofAnswer(status: problem.status, problem: problem.json(requestID: requestID))
            answer.log = problem.log
            return finished(answer)
        }
    }

    private func finished(_ answer: ProofAnswer) -> ProofAnswer {
        let (call, findings) = sink.take()
        var answer = answer
        answer.findings = findings
        let fields = call?.detail["answer"]?["headers"]?.objectValue?.entries ?? []
        answer.contentType = fields.first { $0.key.lowercased() == "content-type" }?.value.stringValue
        return answer
    }
}

private struct NoJitter: Jitter {
    func next() -> Double { 0 }
}
