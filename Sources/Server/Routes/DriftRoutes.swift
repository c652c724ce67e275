import Access
import Contracts
import Hummingbird
import Logging
import Review
import Store

/// Drift and the contract changes proposed from it: `GET /v1/drift`, `GET /v1/drift/{operation}/{shape}`,
/// `POST /v1/drift/{name}/accept` and `.../reject`.
/// Needs the scope `admin`.
struct DriftRoutes {
    let recognition: CallerRecognition
    let store: any CallStore
    let desk: DriftDesk
    let logger: Logger

    func add(to router: Router<ServerContext>) {
        let group = router.group("v1/drift").add(middleware: AdminOnly(recognition: recognition))
        group.get { _, _ in Response(json: try await page()) }
        group.get("{name}/{shape}") { _, context in try await finding(context) }
        group.post("{name}/accept") { _, context in try await accept(context) }
        group.post("{name}/reject") { _, context in try await reject(context) }
    }

    func page() async throws -> JSONValue {
        DriftView.page(try await store.drift(provider: nil), await desk.proposals(), titles: await desk.titles)
    }

    /// How much there is; whoever watches asks for the rest.
    func summary() async throws -> JSONValue {
        let proposals = await desk.proposals()
        return ["proposals": JSONValue(proposals.count { $0.isAcceptable })]
    }

    private func finding(_ context: ServerContext) async throws -> Response {
        let (name, shape) = (try context.parameters.require("name"), try context.parameters.require("shape"))
        let records = try await store.drift(provider: name.prefix { $0 != "." }.description)
        guard let record = records.first(where: { "\($0.provider).\($0.operation)" == name && $0.shape == shape })
        else { throw Problem.notFound("There is no such departure.") }
        return Response(json: DriftView.detail(record))
    }

    /// Rewrites the contract's file; the reload that follows takes it in.
    private func accept(_ context: ServerContext) async throws -> Response {
        let (proposal, folder) = try await find(context)
        do {
            let amendment = try folder.prepare(proposal)
            guard !amendment.made.isEmpty else {
                throw Problem.badRequest("Nothing of it can be changed without a person: edit \(amendment.file).")
            }
            try folder.accept(amendment)
            logger.warning(
                "contract changed",
                metadata: [
                    "contract": "\(amendment.file)", "by": "\(context.caller?.name ?? "unknown")",
                    "changes": "\(amendment.made.joined(separator: "; "))",
                ])
            return Response(json: [
                "contract": .string(amendment.file), "new_file": .bool(amendment.isNew),
                "place": .string(proposal.place), "made": JSONValue(amendment.made), "left": JSONValue(amendment.left),
            ])
        } catch let fault as ProposalFolder.Fault {
            throw Self.problem(fault)
        }
    }

    private func reject(_ context: ServerContext) async throws -> Response {
        let (proposal, folder) = try await find(context)
        do {
            try folder.reject(proposal)
        } catch {
            throw Self.problem(error)
        }
        logger.info(
            "contract change refused",
            metadata: ["proposal": "\(proposal.name)", "by": "\(context.caller?.name ?? "unknown")"])
        return Response(json: ["rejected": .string(proposal.name)])
    }

    private func find(_ context: ServerContext) async throws -> (ContractProposal, ProposalFolder) {
        let folder = await desk.folder
        guard let proposal = folder.find(try context.parameters.require("name")) else {
            throw Problem.notFound("There is no such proposal.")
        }
        return (proposal, folder)
    }

    private static func problem(_ fault: ProposalFolder.Fault) -> Problem {
        Problem(
            "contract_not_changed", source: .footing, status: 409, title: "The contract was not changed",
            detail: "The contract was not changed: \(fault).")
    }
}
