import Contracts
package import Imports
import Inventory

extension ImportedAPI {
    /// What a pact says about its provider: an operation for each method and path, the requests of successes as declared
    /// examples, and contracts as the matching rules have them.
    package init(_ file: PactFile) {
        self.init(format: "Pact \(file.version.text)")
        title = Prose.short(file.provider)
        about = Prose.short("Written from the pact of \(file.consumer)")
        var calls: [SampledCall] = []
        var auth = AuthGuess()
        var left = 0
        for (number, interaction) in file.interactions.enumerated() {
            guard case .http(let request, let response) = interaction.kind else {
                left += 1
                continue
            }
            var call = SampledCall(request, response)
            call.about = Prose.short(interaction.description)
            call.example?.name = interaction.name
            call.place = JSONPointer(tokens: ["interactions", String(number)])
            calls.append(call)
            for way in request.ways { auth.add(way) }
        }
        self.auth = auth.best
        if left > 0 { notes.append(ImportNote(.gap, "", "\(left) interactions are not over HTTP and are left out")) }
        for fault in file.interactions.flatMap(\.unknown) {
            notes.append(ImportNote(.gap, "", "not understood: \(fault)"))
        }
        var operations = SampledOperations(calls)
        operations.finish(into: &self)
    }
}

extension PactRequest {
    /// How it shows who made it.
    fileprivate var ways: [ImportedAuth] {
        let headers = content.headers.entries.compactMap { AuthGuess.way(header: $0.name, value: $0.values.first) }
        return headers + query.entries.compactMap { AuthGuess.way(query: $0.name) }
    }
}

extension SampledCall {
    fileprivate init(_ request: PactRequest, _ response: PactResponse) {
        let path = request.path.hasPrefix("/") ? request.path.dropFirst() : request.path[...]
        let parts = path.split(separator: "/", omittingEmptySubsequences: false).map { String($0) }
        let free = request.rules.path.freeParts(of: parts)
        self.init(
            method: request.method.uppercased(),
            segments: parts.enumerated().map { free.contains($0.offset) ? "{}" : $0.element })
        status = response.status
        let shown = request.query.entries.filter { AuthGuess.way(query: $0.name) == nil }
        statement = SampledCall.Statement(
            query: PactSchema.query(shown), request: PactSchema.schema(of: request.content),
            answer: PactSchema.schema(of: response.content))
        let bytes = request.content.body.bytes
        self.request = bytes.flatMap { try? JSONValue.parse($0, limits: PactFileReader.limits) }
        if bytes != nil, self.request == nil { otherRequest = request.content.type?.description ?? "no JSON" }
        example = SampledCall.Example(
            name: "", segments: parts.map { PercentEncoding.decode($0.utf8) ?? $0 },
            query: JSONObject(
                shown.map { ($0.name, $0.values.count == 1 ? .string($0.values[0]) : JSONValue($0.values)) }))
    }
}

extension PactRuleList {
    /// The parts of a path that a pattern does not fix, where the pattern has as many parts as the path.
    func freeParts(of parts: [String]) -> Set<Int> {
        for case .regex(let pattern) in rules {
            let text = pattern.text.replacing("\\/", with: "/").drop { $0 == "^" }
            let whole = text.last == "$" ? text.dropLast() : text
            let patterns = (whole.first == "/" ? whole.dropFirst() : whole)
                .split(separator: "/", omittingEmptySubsequences: false)
            guard patterns.count == parts.count else { continue }
            return Set(parts.indices.filter { patterns[$0].replacing("\\", with: "") != parts[$0][...] })
        }
        return []
    }
}
