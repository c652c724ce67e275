import Contracts
import Inventory
import NIOCore
import Store

/// Fourth stage: what the caller sends is checked against the operation's contract before anything leaves.
struct CheckRequest {
    func run(_ context: inout CallContext) throws(Problem) {
        guard let operation = context.operation else { return }
        var faults: [Problem.Fault] = []
        if let contract = operation.path {
            let path = JSONObject(
                operation.operation.path.parameters.compactMap { name in
                    context.pathParameters[name].map { (name, contract.value(of: $0, named: name)) }
                })
            faults += Self.faults(contract.schema, .object(path), prefix: "/path")
        }
        if let contract = operation.query {
            guard let pairs = FormEncoding.decode(query: context.wire.query ?? "") else {
                throw invalid(context, [Problem.Fault(pointer: "/query", message: "has a broken percent escape")])
            }
            let query = Self.collected(pairs) { contract.value(of: $1, named: $0) }
            faults += Self.faults(contract.schema, query, prefix: "/query")
        }
        if let schema = operation.body {
            do {
                let body = try JSONValue.parse(Array(context.wire.body.readableBytesView))
                faults += Self.faults(schema, body, prefix: "/body")
            } catch {
                let message =
                    context.wire.body.readableBytes == 0
                    ? "is needed" : "is not JSON: \(error.message), line \(error.line)"
                faults.append(Problem.Fault(pointer: "/body", message: message))
            }
        }
        guard faults.isEmpty else { throw invalid(context, faults) }
        if operation.operation.latency == .slow, context.request.mayDefer {
            context.deferredInput = Self.typedInput(context)
        }
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

    /// The call as typed input, so that a task can make it later.
    private static func typedInput(_ context: CallContext) -> JSONValue {
        let path = context.pathParameters.sorted { $0.key < $1.key }.map { ($0.key, JSONValue.string($0.value)) }
        var input: JSONObject = [
            "path": .object(JSONObject(path)),
            "query": collected(FormEncoding.decode(query: context.wire.query ?? "") ?? []) { .string($1) },
        ]
        if let body = try? JSONValue.parse(Array(context.wire.body.readableBytesView)) { input["body"] = body }
        return .object(input)
    }
}
