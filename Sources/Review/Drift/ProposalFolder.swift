import Contracts

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The proposals of a project: `footing/contracts/proposed/*.json`, and the contracts they would change.
///
/// Files are the truth, so that the command line, the console and a colleague with the same repository decide about the same
/// thing. Every file is replaced as a whole: nobody reads half of one.
package struct ProposalFolder: Sendable {
    /// What accepting a proposal does to a file.
    package struct Amendment: Sendable {
        package let proposal: ContractProposal
        /// Below the project's folder; where the contract has no file yet, the one it gets.
        package let file: String
        package let isNew: Bool
        package let before: String
        package let after: String
        /// Changes that were made, and what is left to a person.
        package let made: [String]
        package let left: [String]
        let settled: Set<String>
    }

    package struct Fault: Error, Sendable, CustomStringConvertible {
        package let description: String
    }

    private static let limit = 16 << 20
    /// The project's folder, the one that holds `footing/`.
    private let project: String

    package init(project: String) {
        self.project = project
    }

    /// - Parameter inventory: the absolute path of the folder `footing/`.
    package init(inventory: String) {
        let end = inventory.lastIndex(of: "/") ?? inventory.startIndex
        project = String(inventory[..<end])
    }

    private var folder: String { project + "/footing/contracts/proposed" }

    /// All proposals, by name; what is no proposal is passed over.
    package func all() -> [ContractProposal] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { $0.hasSuffix(".json") }.sorted().compactMap { name in
            (try? read(folder + "/" + name)).flatMap { try? JSONValue.parse($0) }.flatMap { ContractProposal($0) }
        }
    }

    /// The proposal of that name; `rents.search` means its answers.
    package func find(_ name: String) -> ContractProposal? {
        all().first { $0.name == name } ?? all().first { $0.name == name + ".answer" }
    }

    package func write(_ proposal: ContractProposal) throws(Fault) {
        try makeFolder()
        try write(proposal.json.pretty() + "\n", to: path(of: proposal))
    }

    package func remove(_ proposal: ContractProposal) {
        try? FileManager.default.removeItem(atPath: path(of: proposal))
    }

    /// The text of a contract's file; nil when there is none.
    func contract(_ file: String) -> String? {
        try? String(decoding: read(project + "/" + file), as: UTF8.self)
    }

    /// What accepting would do. The contract is read afresh, so that what was changed by hand since stays.
    package func prepare(_ proposal: ContractProposal, inline: String? = nil) throws(Fault) -> Amendment {
        let file = proposal.contract ?? "footing/contracts/\(proposal.name).json"
        let isNew = proposal.contract == nil
        let source: String
        if isNew {
            // Written in the provider's file: the proposal holds it as it would be.
            guard let proposed = inline ?? proposal.proposed?.pretty() else {
                throw Fault(description: "it proposes nothing")
            }
            source = proposed + (proposed.hasSuffix("\n") ? "" : "\n")
        } else {
            guard let text = contract(file) else { throw Fault(description: "\(file) cannot be read") }
            source = text
        }
        var amendment: ContractAmendment
        do {
            amendment = try ContractAmendment(source)
        } catch {
            throw Fault(description: "\(file) is no JSON: \(error)")
        }
        var (made, left): ([String], [String]) = ([], [])
        var settled: Set<String> = []
        for change in proposal.changes where !proposal.rejected.contains(change.drift.shape) {
            guard change.does != nil else {
                if let words = change.left { left.append("\(change.drift.pointer): \(words)") }
                continue
            }
            switch amendment.apply(change.drift) {
            case .changed(let words):
                made.append(words)
                settled.insert(change.drift.shape)
            case .settled:
                if isNew, let does = change.does { made.append(does) }
                settled.insert(change.drift.shape)
            case .leftToPerson(let words): left.append("\(change.drift.pointer): \(words)")
            }
        }
        do {
            _ = try Schema.compile(try JSONValue.parse(amendment.text))
        } catch {
            throw Fault(description: "the contract would not compile any more: \(error)")
        }
        return Amendment(
            proposal: proposal, file: file, isNew: isNew, before: isNew ? "" : source, after: amendment.text,
            made: made,
            left: left, settled: settled)
    }

    /// Rewrites the contract and takes what was accepted out of the proposal.
    package func accept(_ amendment: Amendment) throws(Fault) {
        if !amendment.isNew, contract(amendment.file) != amendment.before {
            throw Fault(description: "\(amendment.file) was changed in the meantime")
        }
        try write(amendment.after, to: project + "/" + amendment.file)
        var proposal = amendment.proposal
        proposal.changes.removeAll { amendment.settled.contains($0.drift.shape) }
        // The contract is what counts: the reload that takes it in puts the proposal right too.
        try? keep(&proposal)
    }

    /// Takes the changes out and remembers that they were refused.
    package func reject(_ proposal: ContractProposal) throws(Fault) {
        var proposal = proposal
        proposal.rejected = Array(Set(proposal.rejected + proposal.changes.map(\.drift.shape))).sorted()
        proposal.changes = []
        try keep(&proposal)
    }

    private func keep(_ proposal: inout ContractProposal) throws(Fault) {
        if proposal.changes.isEmpty {
            proposal.sample = nil
            proposal.proposed = nil
            if proposal.rejected.isEmpty { return remove(proposal) }
        }
        try write(proposal)
    }

    private func path(of proposal: ContractProposal) -> String {
        folder + "/" + proposal.name + ".json"
    }

    private func makeFolder() throws(Fault) {
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch {
            throw Fault(description: "\(folder) cannot be made: \(error)")
        }
    }

    private func read(_ path: String) throws -> [UInt8] {
        let data = try Data(contentsOf: URL(filePath: path))
        guard data.count <= Self.limit else { throw Fault(description: "\(path) is too large") }
        return [UInt8](data)
    }

    private func write(_ text: String, to path: String) throws(Fault) {
        do {
            try Data(text.utf8).write(to: URL(filePath: path), options: .atomic)
        } catch {
            throw Fault(description: "\(path) cannot be written: \(error)")
        }
    }
}
