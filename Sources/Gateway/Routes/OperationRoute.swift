package import Contracts
package import Inventory

/// An operation with its contracts and its model mapping compiled.
package struct OperationRoute: Sendable {
    package let operation: Operation
    package let query: TextContract?
    package let path: TextContract?
    package let body: Schema?
    package let response: Schema?
    package let model: ModelMapping?
    /// The operation's own error rules, then its provider's: first match wins.
    package let errors: [ErrorRule]

    init(_ operation: Operation, provider: Provider, _ timing: JQProgram.Timing, _ findings: inout [Finding]) {
        self.operation = operation
        query = Self.compileText(operation.request.query, &findings)
        path = Self.compileText(operation.request.path, &findings)
        body = Self.compile(operation.request.body, &findings)
        response = Self.compile(operation.response, &findings)
        model = Self.compileModel(operation.model, timing, &findings)
        errors = operation.errors + provider.errors
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
