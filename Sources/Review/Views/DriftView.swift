package import Contracts
package import Store

/// Drift as the API shows it.
package enum DriftView {
    package static func finding(_ record: DriftRecord) -> JSONValue {
        [
            "provider": .string(record.provider), "operation": .string(record.operation), "side": .string(record.side),
            "shape": .string(record.shape), "pointer": .string(record.pointer), "kind": .string(record.kind),
            "expected": .string(record.expected), "seen": .string(record.seen), "action": .string(record.action),
            "count": JSONValue(record.count), "first": .string(record.first.description),
            "last": .string(record.last.description), "call": record.call.map { .string($0) } ?? .null,
        ]
    }

    /// With the payload that shows it.
    package static func detail(_ record: DriftRecord) -> JSONValue {
        var object = finding(record).objectValue ?? [:]
        object["sample"] = record.sample ?? .null
        return .object(object)
    }

    /// All findings, the one seen last first, and what is proposed about them.
    package static func page(
        _ records: [DriftRecord], _ proposals: [ContractProposal], titles: [(name: String, title: String)]
    ) -> JSONValue {
        let failing = records.filter { $0.action == "fail" }
        let open = proposals.filter(\.isAcceptable).count
        let sentence: String
        if records.isEmpty {
            sentence = "Every answer was as agreed."
        } else {
            let operations = Set(failing.map { "\($0.provider).\($0.operation)" }).sorted()
            let effect =
                operations.isEmpty
                ? "no call failed because of it" : "calls to \(operations.joined(separator: ", ")) fail because of it"
            let decisions =
                open == 0
                ? "" : " \(Words.plural(open, "change")) of contracts \(open == 1 ? "waits" : "wait") for you."
            sentence = "\(Words.plural(records.count, "departure")) from what was agreed; \(effect).\(decisions)"
        }
        return [
            "sentence": .string(sentence), "state": failing.isEmpty ? (records.isEmpty ? "ok" : "warn") : "fail",
            "findings": .array(records.map(finding)), "proposals": .array(proposals.map(\.json)),
            "providers": .array(titles.map { ["name": .string($0.name), "title": .string($0.title)] }),
        ]
    }
}
