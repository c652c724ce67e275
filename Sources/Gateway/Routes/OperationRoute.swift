package import Contracts
package import Inventory
import Wire

/// An operation with its contracts and its model mapping compiled.
package final class OperationRoute: Sendable {
    package let operation: Operation
    package let query: TextContract?
    package let path: TextContract?
    package let body: Schema?
    package let response: Schema?
    /// Contracts of answers by status, class (`4xx`) or `default`, in the order of the inventory.
    package let responses: [AnswerRoute]
    package let drift: DriftPolicy
    package let model: ModelMapping?
    /// The operation's own error rules, then its provider's: first match wins.
    package let errors: ErrorMap
    /// Where the provider wants the key of a write.
    let idempotencyName: FieldName?
    /// Its place in the provider's inventory.
    let place: Int
    /// Its place at the provider's gate.
    let gateSlot: Int
    /// Where its answered reads are counted.
    let tallySlot: Int

    init(
        _ operation: Operation, place: Int, provider: Provider, gate: ProviderGate, _ making: RouteMaking,
        _ findings: inout [Finding]
    ) {
        self.operation = operation
        idempotencyName = operation.idempotencyHeader.flatMap { FieldName($0) }
        self.place = place
        gateSlot = gate.slot(of: operation.name)
        tallySlot = making.tallySlot(provider.name, operation.name)
        query = Self.compileText(operation.request.query, &findings)
        path = Self.compileText(operation.request.path, &findings)
        body = Self.compile(operation.request.body, &findings)
        response = Self.compile(operation.response, &findings)
        var responses: [AnswerRoute] = []
        for contract in operation.responses {
            if let schema = Self.compile(contract.schema, &findings) {
                responses.append(AnswerRoute(status: contract.status, schema: schema))
            }
        }
        self.responses = responses
        drift = DriftPolicy(operation.drift)
        model = Self.compileModel(operation.model, making.timing, &findings)
        errors = ErrorMap(operation.errors + provider.errors)
    }

    /// What was agreed about the body of an answer with that status; the most exact one.
    package func contract(of status: Int) -> Schema? {
        if let listed = listed(status) { return listed.schema }
        return (200..<300).contains(status) ? response : nil
    }

    /// The entry of `responses` that speaks of the status; nil where none does or `response` does.
    func listed(_ status: Int) -> AnswerRoute? {
        guard !responses.isEmpty else { return nil }
        let reach = response != nil && (200..<300).contains(status) ? 100 : Int.max
        var best: AnswerRoute?
        for route in responses where route.statuses.contains(status) && route.statuses.count <= reach {
            if route.statuses.count < best?.statuses.count ?? Int.max { best = route }
        }
        return best
    }

    /// The statuses that were agreed, where they were listed and this one is none of them.
    ///
    /// Those with which any provider may answer (a refused key, a limit, a fault of its own) need not be listed, nor those
    /// of a class that nothing was listed of.
    func isUndocumented(_ status: Int) -> [String]? {
        guard !responses.isEmpty, contract(of: status) == nil, status < 500, ![304, 401, 403, 429].contains(status)
        else { return nil }
        let isListed = status < 400 || responses.contains { $0.status.hasPrefix("4") }
        return isListed ? (response == nil ? [] : ["2xx"]) + responses.map(\.status) : nil
    }

    private static func compile(_ source: JSONSource?, _ findings: inout [Finding]) -> Schema? {
        guard let source else { return nil }
        do {
            return try Schema.compile(JSONValue.parse(source.text))
        } catch {
            findings.append(
                Finding(
                    severity: .error, file: source.file, line: source.line,
                    message: "this contract does not compile: \(error)"))
            return nil
        }
    }

    private static func compileText(_ source: JSONSource?, _ findings: inout [Finding]) -> TextContract? {
        guard let source, let schema = compile(source, &findings), let json = try? JSONValue.parse(source.text) else {
            return nil
        }
        return TextContract(schema: schema, source: json)
    }

    private static func compileModel(_ source: JSONSource?, _ timing: JQProgram.Timing, _ findings: inout [Finding])
        -> ModelMapping?
    {
        guard let source else { return nil }
        do {
            return try ModelMapping.compile(JSONValue.parse(source.text), timing)
        } catch {
            findings.append(
                Finding(
                    severity: .error, file: source.file, line: source.line,
                    message: "this model mapping does not compile: \(error)"))
            return nil
        }
    }
}
