import Contracts

extension PactResponse {
    /// All differences between an answer that came and this one, leniently; empty when it is as agreed.
    package func mismatches(with actual: PactResponse) -> [PactMismatch] {
        statusFaults(actual.status).map { PactMismatch(part: .status, place: "", words: $0) }
            + content.mismatches(with: actual.content, isStrict: false)
    }

    private func statusFaults(_ actual: Int) -> [String] {
        guard rules.status.isEmpty else {
            return rules.status.judge { rule in
                if case .statusCode(let status) = rule {
                    return status.contains(actual) ? nil : "expected \(status.words), not \(actual)"
                }
                return rule.fault(JSONValue(self.status), JSONValue(actual), isCascaded: false)
            }
        }
        return status == actual ? [] : ["expected \(status), not \(actual)"]
    }
}
