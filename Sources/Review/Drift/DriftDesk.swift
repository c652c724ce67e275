import Contracts
package import Inventory
package import Logging
package import Store

/// Turns what payloads showed into proposals, and forgets what the contracts allow by now.
///
/// Told by the ledger when findings were stored and by a reload when the project changed. A project folder that cannot be
/// written keeps the findings in the store; the log says so once.
package actor DriftDesk {
    private struct Key: Hashable {
        let provider: String
        let operation: String
    }

    /// A proposal whose counts alone have changed is written no more often than this.
    private static let pace = Duration.seconds(60)

    private let store: any CallStore
    private let live: LiveHub
    private let logger: Logger
    private let clock: any WallClock
    private var project: Project
    private var written: [Key: Duration] = [:]
    private var hasComplained = false

    package init(project: Project, store: any CallStore, live: LiveHub, logger: Logger, clock: any WallClock) {
        self.project = project
        self.store = store
        self.live = live
        self.logger = logger
        self.clock = clock
    }

    package var folder: ProposalFolder { ProposalFolder(inventory: project.folder) }

    /// The project was read again: contracts may allow what they did not.
    package func adopt(_ project: Project) async {
        self.project = project
        await refresh()
    }

    /// Compares all that was found with the contracts as they are.
    func refresh() async {
        do {
            let records = try await store.drift(provider: nil)
            for key in Set(records.map { Key(provider: $0.provider, operation: $0.operation) }) {
                try await propose(key, records.filter { $0.provider == key.provider && $0.operation == key.operation })
            }
            publish()
        } catch {
            complain(error)
        }
    }

    /// These findings were stored, and some of them were not known before.
    package func drifted(_ findings: [DriftRecord], new: [DriftRecord]) async {
        let urgent = Set(new.map { Key(provider: $0.provider, operation: $0.operation) })
        var isChanged = false
        for key in Set(findings.map { Key(provider: $0.provider, operation: $0.operation) }) {
            if !urgent.contains(key), let last = written[key], clock.uptime() - last < Self.pace { continue }
            isChanged = true
            do {
                let records = try await store.drift(provider: key.provider)
                try await propose(key, records.filter { $0.operation == key.operation })
            } catch {
                complain(error)
            }
        }
        if isChanged { publish() }
    }

    /// The proposals there are.
    package func proposals() -> [ContractProposal] {
        folder.all()
    }

    /// What providers are called.
    package var titles: [(name: String, title: String)] { project.providers.map { ($0.name, $0.title) } }

    private func publish() {
        live.publish(topic: "drift", event: "drift", ["proposals": JSONValue(folder.all().count { $0.isAcceptable })])
    }

    private func complain(_ error: any Error) {
        guard !hasComplained else { return }
        hasComplained = true
        logger.error("contract changes not proposed", metadata: ["reason": "\(error)"])
    }

    private func propose(_ key: Key, _ records: [DriftRecord]) async throws {
        written[key] = clock.uptime()
        guard
            let operation = project.providers.first(where: { $0.name == key.provider })?.operation(named: key.operation)
        else { return }
        let records = try await withoutListed(key, operation, records)
        for side in ["answer", "request"] {
            let own = records.filter { $0.side == side }
            let source = side == "answer" ? operation.response : operation.request.body
            guard let source else { continue }
            try await propose(key, side, own, source)
        }
    }

    /// Forgets statuses that the inventory lists by now.
    private func withoutListed(
        _ key: Key, _ operation: Operation, _ records: [DriftRecord]
    ) async throws -> [DriftRecord] {
        let listed = Set(operation.responses.map(\.status))
        let isListed = { (status: String) in
            listed.contains("default") || listed.contains(status) || listed.contains(status.prefix(1) + "xx")
        }
        let shapes = records.filter { $0.kind == "status" && isListed($0.seen) }.map(\.shape)
        guard !shapes.isEmpty else { return records }
        try await store.forgetDrift(provider: key.provider, operation: key.operation, shapes: shapes)
        return records.filter { !shapes.contains($0.shape) }
    }

    private func propose(_ key: Key, _ side: String, _ records: [DriftRecord], _ source: JSONSource) async throws {
        let isFile = source.file.hasSuffix(".json")
        let known = folder.find("\(key.provider).\(key.operation).\(side)")
        guard !records.isEmpty || known != nil else { return }
        var proposal = ContractProposal(
            provider: key.provider, operation: key.operation, side: side, contract: isFile ? source.file : nil,
            place: "\(source.file):\(source.line)")
        proposal.rejected = known?.rejected ?? []
        let text = isFile ? folder.contract(source.file) ?? source.text : pretty(source.text)
        let open = records.filter { !proposal.rejected.contains($0.shape) }
        let (amended, settled) = try proposal.decide(
            open.sorted { ($0.first, $0.shape) < ($1.first, $1.shape) }, on: text)
        if !settled.isEmpty {
            try await store.forgetDrift(provider: key.provider, operation: key.operation, shapes: settled)
            logger.info(
                "contract allows it now",
                metadata: ["operation": "\(key.provider).\(key.operation)", "shapes": "\(settled.count)"])
        }
        if proposal.isAcceptable { proposal.proposed = try JSONValue.parse(amended) }
        guard !proposal.changes.isEmpty || !proposal.rejected.isEmpty else {
            if let known { folder.remove(known) }
            return
        }
        if proposal != known { try folder.write(proposal) }
    }

    private func pretty(_ text: String) -> String {
        (try? JSONValue.parse(text).pretty()) ?? text
    }
}
