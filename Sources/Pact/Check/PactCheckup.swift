package import Contracts

/// Compares a pact with the contracts of an inventory, without calling anyone.
///
/// Of each interaction: is there an operation for its request, do the examples of request and answer meet the contract,
/// and do the matching rules allow what the contract does not. The last is a case of its own, unproven and not failed:
/// a rule that is looser than the contract breaks nothing by itself, but says that someone assumes too much.
package struct PactCheckup {
    /// The contract of the operation that a request belongs to, with the values in its path.
    package typealias Finder = (_ method: String, _ path: String) -> (contract: PactContract, path: [String: String])?

    private let file: PactFile
    private let find: Finder

    package init(_ file: PactFile, find: @escaping Finder) {
        self.file = file
        self.find = find
    }

    package func cases() -> [ProofCase] {
        file.named.flatMap { name, interaction -> [ProofCase] in
            guard case .http(let request, let response) = interaction.kind else {
                return [made("interaction", name, .skipped, PactReplay.notOverHTTP)]
            }
            guard let found = find(request.method.uppercased(), request.path) else {
                let words =
                    "the inventory has no operation for \(request.method.uppercased()) \(Shown.text(request.path))"
                return [ProofCase(subject: file.parties, kind: "operation", name: name, faults: [words])]
            }
            let looser =
                looseRules(request.content, found.contract.body, "request")
                + (isSuccess(response) ? looseRules(response.content, found.contract.response, "answer") : [])
            return [
                requestCase(name, request, response, found.contract, found.path),
                answerCase(name, response, found.contract),
            ]
                + looser.prefix(1).map { made("matching rules", name, .unproven, $0, looser) }
                + interaction.unknown.prefix(1).map {
                    made(
                        "matching rules not understood", name, .unproven, $0.description,
                        interaction.unknown.map(\.description))
                }
        }
    }

    private func made(
        _ kind: String, _ name: String, _ verdict: ProofVerdict, _ words: String, _ faults: [String] = []
    ) -> ProofCase {
        ProofCase(subject: file.parties, kind: kind, name: name, verdict: verdict, words: words, faults: faults)
    }

    private func isSuccess(_ response: PactResponse) -> Bool {
        (200..<300).contains(response.status)
    }

    private func requestCase(
        _ name: String, _ request: PactRequest, _ response: PactResponse, _ contract: PactContract,
        _ path: [String: String]
    ) -> ProofCase {
        guard !(400..<500).contains(response.status) else {
            let words = "it is to be refused with \(response.status), so it need not meet the contract"
            return made("request of \(contract.name)", name, .skipped, words)
        }
        var faults: [String] = []
        if let values = contract.path {
            let members = path.sorted { $0.key < $1.key }.map { ($0.key, values.read($0.value, $0.key)) }
            faults += Self.faults(.object(JSONObject(members)), values.schema, "path")
        }
        if let values = contract.query {
            var members: JSONObject = [:]
            for entry in request.query.entries {
                let read = entry.values.map { values.read($0, entry.name) }
                members[entry.name] = read.count == 1 ? read[0] : .array(read)
            }
            faults += Self.faults(.object(members), values.schema, "query")
        }
        faults += Self.contentFaults(request.content, contract.body, "content")
        return ProofCase(subject: file.parties, kind: "request of \(contract.name)", name: name, faults: faults)
    }

    private func answerCase(_ name: String, _ response: PactResponse, _ contract: PactContract) -> ProofCase {
        let kind = "answer of \(contract.name)"
        guard isSuccess(response) else {
            return made(kind, name, .skipped, "the contract speaks of successes; this answer is \(response.status)")
        }
        guard contract.response != nil else {
            return made(kind, name, .unproven, "the operation has no contract for its answers")
        }
        // A pact holds what its consumer reads; what it leaves out is not missing.
        let faults = Self.contentFaults(response.content, contract.response, "content", allowsLess: true)
        return ProofCase(subject: file.parties, kind: kind, name: name, faults: faults)
    }

    static func faults(_ value: JSONValue, _ schema: Schema, _ part: String, allowsLess: Bool = false) -> [String] {
        schema.validate(value).filter { !allowsLess || $0.keyword != "required" }.map { "\(part) \($0)" }
    }

    private static func contentFaults(
        _ content: PactContent, _ schema: Schema?, _ part: String, allowsLess: Bool = false
    ) -> [String] {
        guard let schema, case .present(let bytes, _) = content.body else { return [] }
        guard (content.type ?? MediaType.detect(bytes)).isJSON else { return [] }
        do throws(JSONError) {
            let value = try JSONValue.parse(bytes, limits: PactFileReader.limits)
            return faults(value, schema, part, allowsLess: allowsLess)
        } catch {
            return ["\(part) is no JSON: \(error)"]
        }
    }

    /// Every rule that lets through a value that the contract refuses, in words.
    private func looseRules(_ content: PactContent, _ schema: Schema?, _ part: String) -> [String] {
        guard let schema, !content.rules.body.isEmpty, case .present(let bytes, _) = content.body,
            let example = try? JSONValue.parse(bytes, limits: PactFileReader.limits)
        else { return [] }
        let usual = Set(schema.validate(example))
        return RuleProbes(content.rules.body).variations(of: example).compactMap { variation in
            let violation = schema.validate(variation.value).first { !usual.contains($0) && $0.keyword != "required" }
            return violation.map {
                "\(part) \(variation.path): the rule allows \(Shown.value(variation.probe)), the contract does not (\($0.message))"
            }
        }
    }
}
