package import Contracts
import Inventory
import Store

/// A change of one contract, proposed from what payloads showed; a file of `footing/contracts/proposed/`.
package struct ContractProposal: Sendable, Equatable {
    /// One departure and what would be done about it.
    package struct Change: Sendable, Equatable {
        package let drift: ObservedDrift
        package var count: Int
        package var first: String
        package var last: String
        package var action: String
        /// What the contract would then let through; nil where a person must decide.
        package var does: String?
        /// Why a person must decide.
        package var left: String?
    }

    package let provider: String
    package let operation: String
    /// `answer` or `request`.
    package let side: String
    /// The file of the contract, below the project's folder; nil where it is written in the provider's file.
    package var contract: String?
    /// Where the contract is written otherwise: file and line.
    package var place: String
    package var changes: [Change] = []
    /// Shapes that a person refused: they are not proposed again.
    package var rejected: [String] = []
    /// A payload that shows the last change, with secrets and personal data kept back.
    package var sample: JSONValue?
    /// The whole contract as it would be; nil when nothing can be proposed.
    package var proposed: JSONValue?

    package init(provider: String, operation: String, side: String, contract: String?, place: String) {
        self.provider = provider
        self.operation = operation
        self.side = side
        self.contract = contract
        self.place = place
    }

    /// `rents.search.answer`.
    package var name: String { "\(provider).\(operation).\(side)" }

    /// Whether accepting it would change the contract.
    package var isAcceptable: Bool { changes.contains { $0.does != nil } }

    /// Works out what would be done about each of the records; returns the contract as it would be, and the shapes that it
    /// allows already.
    ///
    /// Changes that would let nothing more through, because another part of the contract forbids the same, are not
    /// proposed.
    mutating func decide(_ records: [DriftRecord], on text: String) throws -> (text: String, settled: [String]) {
        var settled: [String] = []
        let breaks = records.filter { !$0.keyword.isEmpty }
        var amendment = try ContractAmendment(text)
        var found = take(breaks, &amendment, &settled)
        if found.contains(where: { $0.does != nil }), !amendment.loosens {
            amendment = try ContractAmendment(text)
            for index in found.indices where found[index].does != nil {
                found[index].does = nil
                found[index].left = "another part of the contract forbids it too"
            }
        }
        found += take(records.filter(\.keyword.isEmpty), &amendment, &settled)
        changes = found
        sample =
            changes.reversed().lazy.compactMap { change in
                records.first { $0.shape == change.drift.shape }?.sample
            }.first
        return (amendment.text, settled)
    }

    private func take(
        _ records: [DriftRecord], _ amendment: inout ContractAmendment, _ settled: inout [String]
    ) -> [Change] {
        records.compactMap { record in
            var change = Change(record)
            switch amendment.apply(change.drift) {
            case .changed(let words): change.does = words
            case .leftToPerson(let words): change.left = words
            case .settled:
                settled.append(record.shape)
                return nil
            }
            return change
        }
    }

    package var json: JSONValue {
        var object: JSONObject = [
            "operation": .string("\(provider).\(operation)"), "side": .string(side),
            "contract": contract.map { .string($0) } ?? .null, "place": .string(place),
            "changes": .array(changes.map(\.json)), "rejected": .array(rejected.map { .string($0) }),
        ]
        if let sample { object["sample"] = sample }
        if let proposed { object["proposed"] = proposed }
        return .object(object)
    }

    /// nil when it is no proposal.
    package init?(_ json: JSONValue) {
        guard let operation = json["operation"]?.stringValue, let dot = operation.firstIndex(of: "."),
            let side = json["side"]?.stringValue, side == "answer" || side == "request",
            let changes = json["changes"]?.arrayValue
        else { return nil }
        let name = (String(operation[..<dot]), String(operation[operation.index(after: dot)...]))
        let contract = json["contract"]?.stringValue
        guard Self.isName(name.0), Self.isName(name.1), contract.map(Self.isContract) ?? true else { return nil }
        self.init(
            provider: name.0, operation: name.1, side: side, contract: contract,
            place: json["place"]?.stringValue ?? "")
        self.changes = changes.compactMap { Change($0) }
        rejected = (json["rejected"]?.arrayValue ?? []).compactMap(\.stringValue)
        sample = json["sample"]
        proposed = json["proposed"]
    }
}

extension ContractProposal {
    /// Names become part of a file's name, and the file may be anybody's.
    private static func isName(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= 100 && !text.hasPrefix(".")
            && text.utf8.allSatisfy { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "\\") && $0 > 0x20 && $0 != 0x7F }
    }

    /// A JSON file of the inventory, not reached by a way out of it.
    private static func isContract(_ path: String) -> Bool {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        return parts.first == "footing" && path.hasSuffix(".json") && path.utf8.count <= 1000
            && parts.allSatisfy { !$0.isEmpty && $0 != "." && $0 != ".." } && !path.utf8.contains(0)
    }
}

extension ContractProposal.Change {
    init(_ record: DriftRecord) {
        self.init(
            drift: ObservedDrift(record), count: record.count, first: record.first.description,
            last: record.last.description, action: record.action, does: nil, left: nil)
    }

    var json: JSONValue {
        var object: JSONObject = [
            "shape": .string(drift.shape), "kind": .string(drift.kind.rawValue), "pointer": .string(drift.pointer),
            "expected": .string(drift.expected), "seen": .string(drift.seen), "count": JSONValue(count),
            "first": .string(first), "last": .string(last), "action": .string(action),
            "keyword": .string(drift.schemaPointer),
        ]
        if let observed = drift.observed { object["observed"] = observed }
        if let does { object["does"] = .string(does) }
        if let left { object["left"] = .string(left) }
        return .object(object)
    }

    init?(_ json: JSONValue) {
        guard let shape = json["shape"]?.stringValue,
            let kind = json["kind"]?.stringValue.flatMap({ DriftFinding.Kind(rawValue: $0) })
        else { return nil }
        let text = { (key: String) in json[key]?.stringValue ?? "" }
        self.init(
            drift: ObservedDrift(
                shape: shape, kind: kind, pointer: text("pointer"), expected: text("expected"), seen: text("seen"),
                schemaPointer: text("keyword"), observed: json["observed"]),
            count: json["count"]?.intValue ?? 0, first: text("first"), last: text("last"), action: text("action"),
            does: json["does"]?.stringValue, left: json["left"]?.stringValue)
    }
}

extension ObservedDrift {
    init(_ record: DriftRecord) {
        self.init(
            shape: record.shape, kind: DriftFinding.Kind(rawValue: record.kind) ?? .other, pointer: record.pointer,
            expected: record.expected, seen: record.seen, schemaPointer: record.keyword, observed: record.observed)
    }
}
