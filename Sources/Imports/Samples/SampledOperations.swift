import Contracts
import Inventory

/// Makes operations of recorded calls: one for each method and path, with contracts proposed from what was sent and answered.
struct SampledOperations {
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
        var errors: Set<Int> = []
    }

    private var groups: [Group] = []
    private(set) var notes: [ImportNote] = []

    /// Takes the calls in, in their order.
    init(_ calls: [SampledCall]) {
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
        group.about = group.about ?? call.about
        for name in call.queryNames where !group.queryNames.contains(name) { group.queryNames.append(name) }
        if let status = call.status, (400...599).contains(status) { group.errors.insert(status) }
        // What a provider refused says nothing about what it takes.
        guard call.status == nil || call.isSuccess else { return }
        if let request = call.request { group.request.add(request) }
        if let other = call.otherRequest { group.otherRequests.insert(other) }
        if let answer = call.answer, call.isSuccess { group.answer.add(answer) }
    }

    /// The operations, with everything that wants a person's eye noted.
    mutating func finish(into api: inout ImportedAPI) {
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
            notes.append(
                ImportNote(.gap, name, "left out: \(group.method) \(group.path): \(fault.reason)", at: group.place))
            return nil
        }
        let risk = RiskGuess.risk(method: group.method, path: path, name: group.title ?? "")
        var operation = ImportedOperation(name: name, method: group.method, path: path, risk: risk)
        operation.about = group.about
        operation.place = group.place
        operation.query = Self.query(group.queryNames)
        if group.request.samples > 0 {
            operation.body = .proposed(group.request.schema(), samples: group.request.samples)
        } else if let other = group.otherRequests.sorted().first {
            notes.append(ImportNote(.gap, name, "its content is \(other), which is not checked", at: group.place))
        }
        if group.answer.samples > 0 {
            operation.answer = .proposed(group.answer.schema(), samples: group.answer.samples)
        } else {
            notes.append(
                ImportNote(
                    .gap, name, "no successful answer in JSON was seen, so nothing is proposed for it", at: group.place)
            )
        }
        return operation
    }

    private static func query(_ names: [String]) -> JSONValue? {
        guard !names.isEmpty else { return nil }
        let text: JSONValue = ["type": ["string", "array"]]
        return ["type": "object", "properties": .object(JSONObject(names.map { ($0, text) }))]
    }
}
