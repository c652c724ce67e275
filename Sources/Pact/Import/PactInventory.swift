package import Contracts
import Inventory

/// Writes a provider's inventory from what a pact says: an operation for each method and path, with its first request as
/// the declared example and contracts as the matching rules have them.
package struct PactInventory {
    /// The provider's file as a tree.
    package private(set) var document: JSONValue
    /// What the file does not say and a person should know.
    package private(set) var notes: [String] = []

    private struct Draft {
        let method: String
        let path: PathGuess
        var description: String
        var requests: [PactRequest] = []
        var answers: [PactResponse] = []
        var refusals: Set<Int> = []
    }

    package init(_ file: PactFile, provider: String, url: String) {
        let (drafts, left) = PactInventory.drafts(file)
        document = [
            "provider": .string(provider), "title": .string(file.provider),
            "about": .string("Written from the pact of \(file.consumer)."),
            "environments": ["sandbox": ["url": .string(url)]],
        ]
        var operations: JSONObject = [:]
        for draft in drafts where !draft.answers.isEmpty {
            operations[PactInventory.name(draft, taken: operations)] = PactInventory.operation(draft)
        }
        document["operations"] = .object(operations)
        for draft in drafts where !draft.refusals.isEmpty {
            let statuses = draft.refusals.sorted().map(String.init).joined(separator: ", ")
            notes.append(
                "\(draft.method) \(draft.path.template) may answer \(statuses): say in its error map what that means")
        }
        if left > 0 { notes.append("\(left) interactions are not over HTTP and were left out") }
        let unknown = file.interactions.flatMap(\.unknown)
        notes += unknown.prefix(5).map { "not understood: \($0)" }
    }

    private static func drafts(_ file: PactFile) -> (drafts: [Draft], left: Int) {
        var drafts: [Draft] = []
        var left = 0
        for interaction in file.interactions {
            guard case .http(let request, let response) = interaction.kind else {
                left += 1
                continue
            }
            let path = PathGuess(request.path, rule: request.rules.path)
            let method = request.method.uppercased()
            let known = drafts.firstIndex { $0.method == method && $0.path.template == path.template }
            let place = known ?? drafts.count
            if known == nil {
                drafts.append(Draft(method: method, path: path, description: interaction.description))
            }
            if (200..<300).contains(response.status) {
                if drafts[place].answers.isEmpty { drafts[place].description = interaction.description }
                drafts[place].requests.append(request)
                drafts[place].answers.append(response)
            } else {
                drafts[place].refusals.insert(response.status)
            }
        }
        return (drafts, left)
    }

    private static func name(_ draft: Draft, taken: JSONObject) -> String {
        let verb =
            switch draft.method {
            case "GET", "HEAD": draft.path.endsInValue ? "get" : "list"
            case "POST": "create"
            case "PUT": "replace"
            case "PATCH": "change"
            case "DELETE": "delete"
            default: draft.method.lowercased()
            }
        let noun = String(draft.path.noun.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" })
            .split(separator: "-").joined(separator: "-")
        let name = noun.isEmpty ? verb : "\(verb)-\(noun)"
        guard taken.contains(name) else { return name }
        return (2...).lazy.map { "\(name)-\($0)" }.first { !taken.contains($0) } ?? name
    }

    private static func operation(_ draft: Draft) -> JSONValue {
        var operation: JSONObject = [
            "about": .string(draft.description), "method": .string(draft.method),
            "path": .string(draft.path.template),
            "risk": .string(Risk.usual(of: draft.method).rawValue),
        ]
        var request: JSONObject = [:]
        if let query = query(draft.requests) { request["query"] = query }
        if let body = PactSchema.merged(draft.requests.compactMap { PactSchema.schema(of: $0.content) }) {
            request["body"] = body
        }
        if !request.isEmpty { operation["request"] = .object(request) }
        if let answer = PactSchema.merged(draft.answers.compactMap { PactSchema.schema(of: $0.content) }) {
            operation["response"] = answer
        }
        if let first = draft.requests.first { operation["example"] = example(first, draft.path) }
        return .object(operation)
    }

    /// Parameters as text or lists of text; required are those that every request has.
    private static func query(_ requests: [PactRequest]) -> JSONValue? {
        var properties: JSONObject = [:]
        var counts: [String: Int] = [:]
        for entry in requests.flatMap(\.query.entries) {
            counts[entry.name, default: 0] += 1
            let schema: JSONValue =
                entry.values.count == 1 ? ["type": "string"] : ["type": "array", "items": ["type": "string"]]
            properties[entry.name] = properties[entry.name].map { SchemaMerge.merge($0, schema) } ?? schema
        }
        guard !properties.isEmpty else { return nil }
        var schema: JSONObject = ["type": "object", "properties": .object(properties)]
        let required = properties.keys.filter { counts[$0] == requests.count }
        if !required.isEmpty { schema["required"] = JSONValue(required) }
        return .object(schema)
    }

    private static func example(_ request: PactRequest, _ path: PathGuess) -> JSONValue {
        var example: JSONObject = [:]
        if !path.values.isEmpty {
            let values = PathGuess(request.path, rule: request.rules.path).values
            example["path"] = .object(JSONObject(values.map { ($0.name, .string($0.value)) }))
        }
        if !request.query.isEmpty {
            let query = request.query.entries.map { entry -> (String, JSONValue) in
                (entry.name, entry.values.count == 1 ? .string(entry.values[0]) : JSONValue(entry.values))
            }
            example["query"] = .object(JSONObject(query))
        }
        if let bytes = request.content.body.bytes, let body = try? JSONValue.parse(bytes, limits: PactFileReader.limits)
        {
            example["body"] = body
        }
        return .object(example)
    }
}
