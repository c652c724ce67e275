import Contracts
import Inventory
import NIOCore
import Store

/// Fourth stage: what the caller sends is checked against the operation's contract before anything leaves.
struct CheckRequest {
    /// Path and query; needs no content.
    func checkTarget(_ context: CallContext, _ scratch: ContractScratch) throws(Problem) {
        guard let operation = context.operation else { return }
        var faults: [Problem.Fault] = []
        if let contract = operation.path, !scratch.isValid(path: context, operation, contract) {
            let path = JSONObject(
                parameters(context, operation).sorted { $0.key < $1.key }.map { name, text in
                    (name, contract.value(of: text, named: name))
                })
            faults += Self.faults(contract.schema, .object(path), prefix: "/path")
        }
        if let contract = operation.query,
            !scratch.isValid(query: context.wire.target, context.wire.pathLength, contract)
        {
            guard let pairs = FormEncoding.decode(query: context.wire.query ?? "") else {
                throw invalid(context, [Problem.Fault(pointer: "/query", message: "has a broken percent escape")])
            }
            let query = Self.collected(pairs) { contract.value(of: $1, named: $0) }
            faults += Self.faults(contract.schema, query, prefix: "/query")
        }
        guard faults.isEmpty else { throw invalid(context, faults) }
    }

    /// The gathered content.
    func checkContent(_ context: CallContext, _ scratch: ContractScratch) throws(Problem) {
        guard let schema = context.operation?.body else { return }
        guard context.wire.body.readableBytes > 0 else {
            throw invalid(context, [Problem.Fault(pointer: "/body", message: "is needed")])
        }
        let verdict = scratch.verdict(context.wire.body, schema)
        context.sentUndeclared = verdict == .undeclared
        if verdict.isValid { return }
        do {
            let body = try JSONValue.parse(Array(context.wire.body.readableBytesView))
            let faults = Self.faults(schema, body, prefix: "/body")
            if !faults.isEmpty { throw invalid(context, faults) }
        } catch let error as JSONError {
            throw invalid(
                context,
                [Problem.Fault(pointer: "/body", message: "is not JSON: \(error.message), line \(error.line)")])
        } catch let problem as Problem {
            throw problem
        } catch {
            throw invalid(context, [Problem.Fault(pointer: "/body", message: "is not JSON")])
        }
    }

    /// The call as typed input, so that a task can make it later.
    func typedInput(_ context: CallContext) -> JSONValue {
        let path = context.operation.map { parameters(context, $0) } ?? [:]
        var input: JSONObject = [
            "path": .object(JSONObject(path.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) })),
            "query": Self.collected(FormEncoding.decode(query: context.wire.query ?? "") ?? []) { .string($1) },
        ]
        if let body = try? JSONValue.parse(Array(context.wire.body.readableBytesView)) { input["body"] = body }
        return .object(input)
    }

    private func parameters(_ context: CallContext, _ operation: OperationRoute) -> [String: String] {
        context.route?.index.parameters(
            of: operation.place, target: context.wire.target, path: context.wire.pathRange) ?? [:]
    }

    private func invalid(_ context: CallContext, _ faults: [Problem.Fault]) -> Problem {
        context.problem(
            "input_invalid", .caller, 400, "Input does not fit the contract",
            "Some of the input is missing or not allowed.",
            faults: faults)
    }

    private static func faults(_ schema: Schema, _ value: JSONValue, prefix: String) -> [Problem.Fault] {
        schema.validate(JSONDocument(value)).prefix(20).map {
            Problem.Fault(pointer: prefix + $0.instancePointer, message: $0.message)
        }
    }

    /// Pairs as an object; a name that occurs more than once becomes a list.
    private static func collected(
        _ pairs: [(name: String, value: String)], read: (String, String) -> JSONValue
    ) -> JSONValue {
        var object = JSONObject()
        for (name, text) in pairs {
            let value = read(name, text)
            switch object[name] {
            case nil: object[name] = value
            case .array(let values)?: object[name] = .array(values + [value])
            case let first?: object[name] = .array([first, value])
            }
        }
        return .object(object)
    }
}
