import ArgumentParser
import Review

/// One proposal, by its name.
struct ProposalArgument: ParsableArguments {
    @Argument(
        help: ArgumentHelp(
            "The operation, such as rents.search; for what is sent rather than answered rents.search.request.",
            valueName: "name"))
    var name: String

    @OptionGroup var project: ProjectOptions

    /// Throws `Failure`.
    func find() throws -> (ContractProposal, ProposalFolder) {
        let folder = ProposalFolder(project: try project.folder().path)
        guard let proposal = folder.find(name) else {
            throw Failure(
                .notFound, "There is no proposal \(name)",
                evidence: folder.all().isEmpty
                    ? ["Nothing is proposed."] : ["There are: \(folder.all().map(\.name).joined(separator: ", "))."],
                advice: "footing contract ls")
        }
        return (proposal, folder)
    }
}
