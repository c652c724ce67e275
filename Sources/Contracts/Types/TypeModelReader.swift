/// The type of what a model mapping makes of an answer.
struct TypeModelReader {
    let book: TypeBook
    let answer: TypeShape

    /// Unknown where the mapping is no mapping, or a program of which the type cannot be told.
    func shape(of mapping: JSONValue) -> TypeShape {
        guard let object = mapping.objectValue else { return .any }
        if object.count == 1, let program = object["jq"]?.stringValue, !program.hasPrefix("$") {
            return TypeProgram.shape(of: program, input: answer, in: book)
        }
        let fields = object.entries.map { TypeField(name: $0.key, shape: field($0.value)) }
        return .object(TypeObject(fields: fields, required: object.keys))
    }

    private func field(_ description: JSONValue) -> TypeShape {
        if let path = description.stringValue { return pick(path) }
        guard let object = description.objectValue else { return .any }
        var shape = TypeShape.null
        if let path = object["pick"]?.stringValue {
            shape = pick(path)
        } else if let program = object["jq"]?.stringValue {
            shape = TypeProgram.shape(of: program, input: answer, in: book)
        }
        if let conversion = object["convert"] {
            let converted = Self.converted(conversion)
            shape = shape.allowsNull ? converted.orNull : shape == .any ? converted.orNull : converted
        }
        guard let fallback = object["default"], !fallback.isNull else { return shape }
        let found = shape == .null ? .never : shape.withoutNull
        return found.covers(fallback) ? found : .either([found, .of(fallback)])
    }

    private func pick(_ path: String) -> TypeShape {
        let rest = path.dropFirst()
        guard path.hasPrefix("$"), let path = JQPath(rest.hasPrefix(".") ? String(rest) : "." + rest) else {
            return .any
        }
        return book.walk(path, from: answer)
    }

    private static func converted(_ conversion: JSONValue) -> TypeShape {
        switch conversion.stringValue {
        case "number": .number
        case "integer": .integer
        case "boolean": .boolean
        case .some: .string
        case nil:
            .object(
                TypeObject(
                    fields: [TypeField(name: "amount", shape: .number), TypeField(name: "currency", shape: .string)],
                    required: ["amount", "currency"]))
        }
    }
}
