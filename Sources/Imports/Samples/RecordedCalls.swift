package import Contracts

/// Infers the contracts of one operation from calls of the ledger.
///
/// What the ledger kept back counts as a value of unknown type; what was too long to be kept is no sample.
package struct RecordedCalls {
    private var request = SchemaInference()
    private var answer = SchemaInference()

    package init() {}

    package var requests: Int { request.samples }
    package var answers: Int { answer.samples }

    /// Takes in a call as `GET /v1/calls/{id}` shows it; calls that failed say nothing.
    package mutating func add(_ call: JSONValue) {
        guard let status = call["answer"]?["status"]?.intValue, (200..<300).contains(status) else { return }
        if let body = Self.sample(call["request"]?["body"]) { request.add(body) }
        if let body = Self.sample(call["answer"]?["body"]) { answer.add(body) }
    }

    /// Proposed contracts by their names below the footing folder; empty where nothing was seen.
    package func proposals(provider: String, operation: String) -> [String: JSONValue] {
        var files: [String: JSONValue] = [:]
        for (side, inference) in [("request", request), ("answer", answer)] where inference.samples > 0 {
            files[Proposal.path(provider, operation, side)] = Proposal.marked(
                inference.schema(), samples: inference.samples, from: "recorded calls")
        }
        return files
    }

    private static func sample(_ body: JSONValue?) -> JSONValue? {
        switch body {
        case .object, .array: body
        default: nil
        }
    }
}
