import Inventory

/// Reads a JSON Schema as types.
///
/// What types cannot say (lengths, patterns, conditions) is left out, so every valid value fits its type. References
/// inside the document become declarations; what lies outside it is unknown.
struct TypeReader {
    /// Whose side the types are for: `readOnly` members are not in requests, `writeOnly` ones not in answers.
    let direction: SchemaOptions.Direction
    private let document: JSONValue
    private let words: [String]
    private let rootName: String
    private var references: [String: String] = [:]
    /// Schemas by their anchors; nil until one is asked for.
    private var anchors: [String: JSONValue]?

    private static let depthLimit = 64
    /// Keywords that say something of a value's shape.
    private static let telling: Set<String> = [
        "$ref", "$dynamicRef", "$recursiveRef", "type", "properties", "patternProperties", "additionalProperties",
        "items", "prefixItems", "const", "enum", "allOf", "anyOf", "oneOf", "nullable",
    ]

    /// - Parameter words: what the root's type is called.
    init(
        _ document: JSONValue, words: [String], direction: SchemaOptions.Direction, book: inout TypeBook
    ) {
        self.document = document
        self.words = words
        book.begin()
        self.direction = direction
        rootName = book.claim(words)
        references["#"] = rootName
    }

    /// Declares the document's root type and everything it refers to, and names it.
    mutating func declare(in book: inout TypeBook) -> TypeShape {
        let shape = read(document, &book, depth: 0).orAny
        book.declare(rootName, shape, about: Self.about(document))
        return .named(rootName)
    }

    private mutating func read(_ schema: JSONValue, _ book: inout TypeBook, depth: Int) -> TypeShape {
        guard depth < Self.depthLimit, !book.isSpent else { return .any }
        if case .bool(let fits) = schema { return fits ? .any : .never }
        guard case .object(let object) = schema else { return .any }
        var shape = base(object, &book, depth)
        for part in object["allOf"]?.arrayValue ?? [] where Self.tells(part) || part["required"] != nil {
            shape = book.both(shape, read(part, &book, depth: depth + 1))
        }
        for keyword in ["anyOf", "oneOf"] {
            guard let parts = object[keyword]?.arrayValue, !parts.isEmpty, parts.allSatisfy(Self.tells) else {
                continue
            }
            let choices = parts.map { read($0, &book, depth: depth + 1) }
            shape = book.both(shape, .either(choices))
        }
        if object["nullable"] == true { shape = shape.orNull }
        return shape
    }

    private static func tells(_ schema: JSONValue) -> Bool {
        schema.objectValue.map { $0.keys.contains(where: telling.contains) } ?? true
    }

    /// The schema without its combinations.
    private mutating func base(_ object: JSONObject, _ book: inout TypeBook, _ depth: Int) -> TypeShape {
        var shape = TypeShape.any
        for keyword in ["$ref", "$dynamicRef", "$recursiveRef"] {
            if let text = object[keyword]?.stringValue { shape = book.both(shape, reference(text, &book, depth)) }
        }
        if let value = object["const"] { return book.both(shape, Self.literal(value)) }
        if let values = object["enum"]?.arrayValue { return book.both(shape, .either(values.map(Self.literal))) }
        let types = object["type"]?.stringValue.map { [$0] } ?? object["type"]?.arrayValue?.compactMap(\.stringValue)
        if let types {
            return book.both(shape, .either(types.map { typed($0, object, &book, depth) }))
        }
        if ["properties", "required", "patternProperties", "additionalProperties"].contains(where: object.contains) {
            return book.both(shape, typed("object", object, &book, depth))
        }
        if ["items", "prefixItems"].contains(where: object.contains) {
            return book.both(shape, typed("array", object, &book, depth))
        }
        return shape
    }

    private mutating func typed(
        _ type: String, _ object: JSONObject, _ book: inout TypeBook, _ depth: Int
    ) -> TypeShape {
        switch type {
        case "null": .null
        case "boolean": .boolean
        case "integer": .integer
        case "number": .number
        case "string": .string
        case "array": array(object, &book, depth)
        case "object": members(object, &book, depth)
        default: .any
        }
    }

    private mutating func array(_ object: JSONObject, _ book: inout TypeBook, _ depth: Int) -> TypeShape {
        let minimum = max(0, object["minItems"]?.intValue ?? 0)
        let items = object["items"]
        guard let first = object["prefixItems"]?.arrayValue ?? items?.arrayValue, !first.isEmpty, first.count <= 32
        else {
            return .list(items.map { read($0, &book, depth: depth + 1).orAny } ?? .any, minimum: minimum)
        }
        let further = object["prefixItems"] == nil ? object["additionalItems"] : items
        let elements = first.map { read($0, &book, depth: depth + 1).orAny }
        let rest: TypeShape? =
            switch further {
            case .bool(false)?: nil
            case let schema?: read(schema, &book, depth: depth + 1)
            case nil: .any
            }
        let isFixed = rest == nil && minimum >= elements.count
        guard isFixed || rest == nil else {
            return .list(.either(elements + [rest ?? .never]), minimum: minimum)
        }
        return isFixed ? .tuple(elements, rest: nil) : .list(.either(elements), minimum: minimum)
    }

    private mutating func members(_ object: JSONObject, _ book: inout TypeBook, _ depth: Int) -> TypeShape {
        let required = object["required"]?.arrayValue?.compactMap(\.stringValue) ?? []
        let properties = object["properties"]?.objectValue?.entries ?? []
        guard properties.isEmpty else {
            var result = TypeObject(required: required.filter { !isLeftOut(object["properties"]?[$0]) })
            for (name, schema) in properties where !isLeftOut(schema) {
                let shape = read(schema, &book, depth: depth + 1)
                result.fields.append(TypeField(name: name, shape: shape.orAny, about: Self.about(schema)))
            }
            return .object(result)
        }
        if !required.isEmpty { return .object(TypeObject(required: required)) }
        var values = (object["patternProperties"]?.objectValue?.values ?? []).map {
            read($0, &book, depth: depth + 1)
        }
        switch object["additionalProperties"] {
        case .bool(false)?: if values.isEmpty { return .object(TypeObject()) }
        case let schema?: values.append(read(schema, &book, depth: depth + 1))
        case nil: values.append(.any)
        }
        return .map(TypeShape.either(values).orAny)
    }

    private func isLeftOut(_ schema: JSONValue?) -> Bool {
        switch direction {
        case .any: false
        case .request: schema?["readOnly"] == true
        case .answer: schema?["writeOnly"] == true
        }
    }

    private mutating func reference(_ text: String, _ book: inout TypeBook, _ depth: Int) -> TypeShape {
        let fragment = text.hasPrefix("#") ? String(text.dropFirst()) : nil
        guard let fragment, let target = target(of: fragment) else { return .any }
        let key = fragment.isEmpty ? "#" : fragment
        if let name = references[key] { return .named(name) }
        let last = fragment.split(separator: "/").last.map(String.init) ?? "part"
        let name = book.claim(words + [last])
        references[key] = name
        let shape = read(target, &book, depth: depth + 1).orAny
        book.declare(name, shape, about: Self.about(target))
        return .named(name)
    }

    /// A JSON Pointer, or the name of an anchor.
    private mutating func target(of fragment: String) -> JSONValue? {
        guard !fragment.isEmpty else { return document }
        if fragment.hasPrefix("/") {
            guard let text = PercentEncoding.decode(fragment.utf8), let pointer = JSONPointer(text) else { return nil }
            return document.value(at: pointer)
        }
        let known = anchors ?? Self.anchors(in: document)
        anchors = known
        return known[fragment]
    }

    /// The first of each name, in the order of the text.
    private static func anchors(in document: JSONValue) -> [String: JSONValue] {
        var anchors: [String: JSONValue] = [:]
        var waiting = [document]
        while let value = waiting.popLast() {
            switch value {
            case .object(let object):
                for name in [object["$anchor"], object["$dynamicAnchor"]].compactMap({ $0?.stringValue })
                where anchors[name] == nil {
                    anchors[name] = value
                }
                waiting += object.values.reversed()
            case .array(let elements): waiting += elements.reversed()
            default: break
            }
        }
        return anchors
    }

    private static func literal(_ value: JSONValue) -> TypeShape {
        switch value {
        case .null: .null
        case .bool, .number, .string: .literals([value])
        case .array, .object: .of(value)
        }
    }

    private static func about(_ schema: JSONValue) -> String? {
        schema["description"]?.stringValue ?? schema["title"]?.stringValue
    }
}
