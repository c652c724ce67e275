import Inventory

extension PactRequest {
    /// All differences between a request that came and this one, strictly; empty when it is the same.
    package func mismatches(with actual: PactRequest) -> [PactMismatch] {
        var mismatches: [PactMismatch] = []
        if method.uppercased() != actual.method.uppercased() {
            mismatches.append(
                PactMismatch(part: .method, place: "", words: "expected \(method), not \(Shown.text(actual.method))"))
        }
        mismatches += pathFaults(actual.path).map { PactMismatch(part: .path, place: "", words: $0) }
        var comparison = PactComparison(.query, isStrict: true)
        comparison.parameters(query, actual.query, rules.query)
        mismatches += comparison.mismatches
        return mismatches + content.mismatches(with: actual.content, isStrict: true)
    }

    /// A path may be written with or without percent escapes.
    private func pathFaults(_ actual: String) -> [String] {
        let faults = pathFaults(raw: actual)
        guard !faults.isEmpty, let decoded = PercentEncoding.decode(actual.utf8), decoded != actual else {
            return faults
        }
        return pathFaults(raw: decoded).isEmpty ? [] : faults
    }

    private func pathFaults(raw actual: String) -> [String] {
        guard rules.path.isEmpty else {
            return rules.path.judge { $0.fault(path, actual, isCascaded: false) }
        }
        return path == actual ? [] : ["expected \(Shown.text(path)), not \(Shown.text(actual))"]
    }
}
