package import Contracts
package import Inventory
import NIOCore
import Store
import Wire

/// The parts of a typed call's `{"path","query","headers","body"}` in wire form.
package struct TypedInput {
    var path: [String: String] = [:]
    var query: String?
    var fields = FieldList()
    var body = ByteBuffer()

    init(_ input: JSONValue, _ context: CallContext) throws(Problem) {
        guard let object = input.objectValue else {
            throw Self.invalid(context, [Problem.Fault(pointer: "", message: "must be an object")])
        }
        var faults: [Problem.Fault] = []
        for (key, value) in object.entries {
            switch key {
            case "path": path = Self.texts(value, "/path", &faults)
            case "query": query = Self.queryText(value, &faults)
            case "headers":
                for (name, text) in Self.texts(value, "/headers", &faults) {
                    guard let field = FieldName(name), !Self.refused.contains(field.lowercased),
                        fields.set(field, text)
                    else {
                        faults.append(
                            Problem.Fault(pointer: "/headers/\(name)", message: "is not a header a caller may set"))
                        continue
                    }
                }
            case "body":
                guard !value.isNull else { continue }
                body = ByteBuffer(bytes: value.encoded())
                fields.set(.contentType, "application/json")
            default:
                faults.append(
                    Problem.Fault(pointer: "/\(key)", message: "is unknown; known are path, query, headers, body"))
            }
        }
        if !fields.contains(.accept) { fields.append(.accept, "application/json") }
        guard faults.isEmpty else { throw Self.invalid(context, faults) }
    }

    /// Path and query of a call of the operation; nil where the input cannot be written as such.
    package static func target(of operation: Operation, _ input: JSONValue) -> String? {
        var faults: [Problem.Fault] = []
        let path = operation.path.expand(texts(input["path"] ?? [:], "/path", &faults))
        let query = queryText(input["query"] ?? [:], &faults)
        guard let path, faults.isEmpty else { return nil }
        return query.map { "\(path)?\($0)" } ?? path
    }

    private static let refused: Set<String> = [
        "authorization", "cookie", "host", "content-length", "transfer-encoding", "connection", "upgrade", "te",
        "trailer",
        "proxy-authorization", "idempotency-key",
    ]

    private static func invalid(_ context: CallContext, _ faults: [Problem.Fault]) -> Problem {
        context.problem(
            "input_invalid", .caller, 400, "Input does not fit the contract",
            "Some of the input is missing or not allowed.",
            faults: faults)
    }

    private static func texts(_ value: JSONValue, _ pointer: String, _ faults: inout [Problem.Fault]) -> [String:
        String]
    {
        guard let object = value.objectValue else {
            faults.append(Problem.Fault(pointer: pointer, message: "must be an object"))
            return [:]
        }
        var texts: [String: String] = [:]
        for (key, value) in object.entries {
            guard let text = scalar(value) else {
                faults.append(
                    Problem.Fault(pointer: "\(pointer)/\(key)", message: "must be a text, a number or true or false"))
                continue
            }
            texts[key] = text
        }
        return texts
    }

    private static func queryText(_ value: JSONValue, _ faults: inout [Problem.Fault]) -> String? {
        guard let object = value.objectValue else {
            faults.append(Problem.Fault(pointer: "/query", message: "must be an object"))
            return nil
        }
        var pairs: [String] = []
        for (key, value) in object.entries where !value.isNull {
            for item in value.arrayValue ?? [value] {
                guard let text = scalar(item) else {
                    faults.append(
                        Problem.Fault(
                            pointer: "/query/\(key)",
                            message: "must be a text, a number, true or false, or a list of these"))
                    continue
                }
                pairs.append("\(PercentEncoding.encode(key))=\(PercentEncoding.encode(text))")
            }
        }
        return pairs.isEmpty ? nil : pairs.joined(separator: "&")
    }

    private static func scalar(_ value: JSONValue) -> String? {
        value.stringValue ?? value.numberValue?.text ?? value.boolValue.map { $0 ? "true" : "false" }
    }
}
