import Contracts
import Inventory

/// Makes operations of calls that were recorded or written down: one for each method and path, with the contracts that the
/// document states, or else with contracts proposed from what was sent and answered.
package struct SampledOperations {
    private struct Group {
        let method: String
        let path: String
        var title: String?
        var about: String?
        var place = JSONPointer()
        var queryNames: [String] = []
        var request = SchemaInference()
        var otherRequests: Set<String> = []
        var answer = SchemaInference()
        var statements: [SampledCall.Statement] = []
        var examples: [(name: String, input: JSONValue)] = []
        /// An example whose answer is not known; taken where there is no other.
        var untried: (name: String, input: JSONValue)?
        var errors: Set<Int> = []
        /// Whether every call of it was refused, so that nothing shows that it can be done.
        var isRefused = true
    }

    private var groups: [Group] = []
    private var notes: [ImportNote] = []

    /// Takes the calls in, in their order.
    package init(_ calls: [SampledCall]) {
        let guess = PathGuess(calls)
        var places: [String: Int] = [:]
        for call in calls {
            let path = guess.path(call)
            let shape =
                call.method + " "
                + path.split(separator: "/").map { $0.hasPrefix("{") ? "{}" : $0 }.joined(separator: "/")
            if places[shape] == nil {
                places[shape] = groups.count
                groups.append(Group(method: call.method, path: path, place: call.place))
            }
            if let place = places[shape] { Self.add(call, to: &groups[place]) }
        }
    }

    private static func add(_ call: SampledCall, to group: inout Group) {
        group.title = group.title ?? call.title
        for name in call.queryNames where !group.queryNames.contains(name) { group.queryNames.append(name) }
        if call.isRefusal, let status = call.status { group.errors.insert(status) } else { group.isRefused = false }
        // What a provider refused says nothing about what it takes.
        guard call.status == nil || call.isSuccess else { return }
        group.about = group.about ?? call.about
        if let request = call.request { group.request.add(request) }
        if let other = call.otherRequest { group.otherRequests.insert(other) }
        if let answer = call.answer, call.isSuccess { group.answer.add(answer) }
        if let statement = call.statement { group.statements.append(statement) }
        guard let example = example(call, group.path) else { return }
        if call.isSuccess { group.examples.append(example) } else { group.untried = group.untried ?? example }
    }

    /// The call as an input of the operation; nil where a part of it is not known.
    private static func example(_ call: SampledCall, _ path: String) -> (name: String, input: JSONValue)? {
        guard let example = call.example, call.otherRequest == nil else { return nil }
        var input: JSONObject = [:]
        var values: JSONObject = [:]
        for (part, value) in zip(
            path.dropFirst().split(separator: "/", omittingEmptySubsequences: false), example.segments)
        where part.hasPrefix("{") {
            guard let value, !value.isEmpty else { return nil }
            values[String(part.dropFirst().dropLast())] = .string(value)
        }
        if !values.isEmpty { input["path"] = .object(values) }
        if !example.query.isEmpty { input["query"] = .object(example.query) }
        if let body = call.request { input["body"] = body }
        return (example.name, .object(input))
    }

    /// The operations, with everything that wants a person's eye noted.
    package mutating func finish(into api: inout ImportedAPI) {
        let names = OperationNames.names(
            for: groups.map { OperationNames.Origin(given: $0.title, method: $0.method, path: $0.path) })
        for (group, name) in zip(groups, names) {
            guard let operation = operation(group, name) else { continue }
            api.operations.append(operation)
            api.errorStatuses.formUnion(group.errors)
        }
        api.notes += notes
    }

    private mutating func operation(_ group: Group, _ name: String) -> ImportedOperation? {
        guard ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"].contains(group.method) else { return nil }
        let path: String
        switch PathText.inventory(group.path) {
        case .success(let result): path = result.path
        case .failure(let fault):
            note(group, name, "left out: \(group.method) \(group.path): \(fault.reason)")
            return nil
        }
        guard !group.isRefused else {
            note(group, name, "left out: every call of \(group.method) \(group.path) was refused")
            return nil
        }
        let risk = RiskGuess.risk(method: group.method, path: path, name: group.title ?? "")
        var operation = ImportedOperation(name: name, method: group.method, path: path, risk: risk)
        operation.about = group.about
        operation.place = group.place
        operation.examples = ImportedExample.kept(
            group.examples.isEmpty ? [group.untried].compactMap { $0 } : group.examples)
        let stated = group.statements
        operation.query = Self.query(stated.compactMap(\.query)) ?? Self.query(group.queryNames)
        operation.body = Self.contract(stated.compactMap(\.request), group.request)
        operation.answer = Self.contract(stated.compactMap(\.answer), group.answer)
        if operation.body == nil, let other = group.otherRequests.sorted().first {
            note(group, name, "its content is \(other), which is not checked")
        }
        if operation.answer == nil {
            note(group, name, "no successful answer in JSON was seen, so nothing is proposed for it")
        }
        return operation
    }

    private mutating func note(_ group: Group, _ name: String, _ message: String) {
        notes.append(ImportNote(.gap, name, message, at: group.place))
    }

    private static func contract(_ stated: [JSONValue], _ seen: SchemaInference) -> ImportedOperation.Contract? {
        if let schema = SchemaUnion.schema(stated) { return .schema(schema) }
        return seen.samples > 0 ? .proposed(seen.schema(), samples: seen.samples) : nil
    }

    private static func query(_ stated: [JSONValue]) -> JSONValue? {
        SchemaUnion.schema(stated).flatMap { $0["properties"] == nil ? nil : .some($0) }
    }

    private static func query(_ names: [String]) -> JSONValue? {
        guard !names.isEmpty else { return nil }
        let text: JSONValue = ["type": ["string", "array"]]
        return ["type": "object", "properties": .object(JSONObject(names.map { ($0, text) }))]
    }
}
