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
        model = Self.compileModel(operation.model, making.timing, &findings)
        errors = ErrorMap(operation.errors + provider.errors)
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
