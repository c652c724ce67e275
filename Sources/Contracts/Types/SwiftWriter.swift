import Inventory

/// Writes a typed project as one Swift file.
struct SwiftWriter {
    /// Names of the language, of the libraries the file uses, and of the file's own parts.
    static let reserved: Set<String> = [
        "Any", "Array", "Bool", "Codable", "CodingKey", "Data", "Date", "Decodable", "Decoder", "DecodingError",
        "Dictionary", "Double", "Duration", "Encodable", "Encoder", "Error", "Hashable", "Int", "JSONDecoder",
        "JSONEncoder", "Never", "Optional", "Result", "Self", "Sendable", "Set", "String", "Task", "Type", "Protocol",
        "URL", "URLRequest", "URLSession", "UUID", "Void", "Character", "Clock", "Foundation", "Swift",
        "FootingClient", "FootingProblem", "FootingFault", "FootingTask", "FootingTaskState", "FootingTaskProgress",
        "FootingEvent", "FootingFile", "FootingJSON", "FootingBox", "FootingRequest", "FootingResponse",
        "FootingTransport", "FootingURLTransport", "FootingTasks", "FootingSubmission",
    ]

    private let project: TypedProject
    private let types: SwiftTypes
    private var names: TypeNames

    init(_ project: TypedProject) {
        self.project = project
        types = SwiftTypes(project.neededDeclarations, book: project.book)
        names = TypeNames(reserved: Self.reserved.union(types.declarations.map(\.name)))
    }

    func text() -> String {
        var lines = [
            "// Written by `footing types --lang swift` from the inventory in footing/. Do not change it here: change the",
            "// inventory and run the command again.", "", "import Foundation", "",
            "#if canImport(FoundationNetworking)",
            "    import FoundationNetworking", "#endif", "",
        ]
        for declaration in types.declarations {
            lines += declared(declaration)
            lines.append("")
        }
        lines += client()
        return lines.joined(separator: "\n") + "\n" + Self.runtime
    }

    // MARK: types

    private func declared(_ declaration: SwiftTypes.Declaration) -> [String] {
        let head = SwiftWords.comment(declaration.about, indent: "")
        let name = declaration.name
        switch declaration.kind {
        case .alias(let shape):
            let isCircular = types.isCircular(alias: name, through: shape)
            return head + ["public typealias \(name) = \(isCircular ? "FootingJSON" : type(shape))"]
        case .texts(let texts): return head + enumeration(name, "String", texts.map { ($0, SwiftWords.quoted($0)) })
        case .integers(let values):
            return head
                + enumeration(name, "Int", values.map { ("\($0 < 0 ? "minus" : "value")\($0.magnitude)", "\($0)") })
        case .choice(let members): return head + choice(name, members)
        case .structure(let fields): return head + structure(name, fields)
        }
    }

    private func enumeration(_ name: String, _ raw: String, _ cases: [(name: String, value: String)]) -> [String] {
        var names = TypeNames(reserved: SwiftWords.members)
        let lines = cases.map { "    case \(SwiftWords.written(names.claim(TypeNames.camel($0.name)))) = \($0.value)" }
        return ["public enum \(name): \(raw), Codable, Hashable, Sendable {"] + lines + ["}"]
    }

    private func structure(_ name: String, _ fields: [SwiftTypes.Field]) -> [String] {
        var lines = ["public struct \(name): Codable, Hashable, Sendable {"]
        for field in fields {
            lines += SwiftWords.comment(field.about, indent: "    ")
            lines.append("    public var \(SwiftWords.written(field.name)): \(type(field, in: name))")
        }
        let parameters = fields.map { field in
            "\(SwiftWords.written(field.name)): \(type(field, in: name))\(isOptional(field) ? " = nil" : "")"
        }
        let head = "    public init(" + parameters.joined(separator: ", ") + ") {"
        lines.append("")
        if head.count <= 120 {
            lines.append(head)
        } else {
            lines += ["    public init(", "        " + parameters.joined(separator: ",\n        "), "    ) {"]
        }
        lines += fields.map { "        self.\(SwiftWords.written($0.name)) = \(SwiftWords.written($0.name))" }
        lines += ["    }", "", "    private enum CodingKeys: String, CodingKey {"]
        lines += fields.map { field in
            "        case \(SwiftWords.written(field.name))"
                + (field.name == field.json ? "" : " = \(SwiftWords.quoted(field.json))")
        }
        lines.append("    }")
        if fields.contains(where: mustShowNull) { lines += [""] + encoding(fields) }
        return lines + ["}"]
    }

    /// A member that must be there and may be null is written as null, where Swift would leave it out.
    private func encoding(_ fields: [SwiftTypes.Field]) -> [String] {
        [
            "    public func encode(to encoder: any Encoder) throws {",
            "        var container = encoder.container(keyedBy: CodingKeys.self)",
        ]
            + fields.map { field in
                let name = SwiftWords.written(field.name)
                let verb = isOptional(field) && !mustShowNull(field) ? "encodeIfPresent" : "encode"
                return "        try container.\(verb)(self.\(name), forKey: .\(name))"
            } + ["    }"]
    }

    private func mustShowNull(_ field: SwiftTypes.Field) -> Bool { field.isRequired && field.shape.allowsNull }

    private func isOptional(_ field: SwiftTypes.Field) -> Bool { !field.isRequired || allowsNull(field.shape) }

    /// Whether the type itself is optional, also behind an alias.
    private func allowsNull(_ shape: TypeShape) -> Bool {
        if case .named(let name) = shape, case .alias(let inner)? = types.kind(of: name) { return allowsNull(inner) }
        guard case .union = shape else { return false }
        return shape.allowsNull
    }

    private func type(_ field: SwiftTypes.Field, in structure: String) -> String {
        var text = type(field.shape.withoutNull)
        if types.mustBox(field.shape, in: structure) { text = "FootingBox<\(text)>" }
        let isAlreadyOptional = allowsNull(field.shape.withoutNull)
        return isOptional(field) && !isAlreadyOptional ? text + "?" : text
    }

    private func type(_ shape: TypeShape) -> String {
        switch shape {
        case .any, .never, .null, .literals, .object, .tuple: return "FootingJSON"
        case .boolean: return "Bool"
        case .integer: return "Int"
        case .number: return "Double"
        case .string: return "String"
        case .named(let name): return name
        case .list(let element, _): return "[\(type(element))]"
        case .map(let value): return "[String: \(type(value))]"
        case .union:
            let rest = shape.withoutNull
            guard shape.allowsNull else { return "FootingJSON" }
            return type(rest) + "?"
        }
    }

    private func choice(_ name: String, _ members: [TypeShape]) -> [String] {
        var names = TypeNames(reserved: SwiftWords.members)
        let cases = members.enumerated().map { place, shape in
            (
                name: SwiftWords.written(names.claim(TypeNames.camel(SwiftTypes.word(shape, place)))),
                type: type(shape), shape: shape
            )
        }
        let head = "public \(types.indirect.contains(name) ? "indirect " : "")enum \(name)"
        var lines = ["\(head): Codable, Hashable, Sendable {"]
        lines += cases.map { "    case \($0.name)(\($0.type))" }
        lines += ["", "    public init(from decoder: any Decoder) throws {"]
        lines.append("        let container = try decoder.singleValueContainer()")
        if let tag = tag(of: members) {
            let texts = zip(cases, tag.values).map { item, values in
                "        case \(values.map(SwiftWords.quoted).joined(separator: ", ")): "
                    + "self = .\(item.name)(try container.decode(\(item.type).self))"
            }
            lines += [
                "        let tags = try container.decode([String: FootingJSON].self)",
                "        switch tags[\(SwiftWords.quoted(tag.member))]?.text {",
            ]
            lines +=
                texts + [
                    "        default: throw FootingJSON.noMatch(\(SwiftWords.quoted(name)), decoder)", "        }",
                ]
        } else {
            // What asks for more is tried first.
            let order = cases.enumerated().sorted { (demands($0.1.shape), $1.0) > (demands($1.1.shape), $0.0) }
            lines += order.map(\.element).map {
                "        if let value = try? container.decode(\($0.type).self) { self = .\($0.name)(value); return }"
            }
            lines.append("        throw FootingJSON.noMatch(\(SwiftWords.quoted(name)), decoder)")
        }
        lines += ["    }", "", "    public func encode(to encoder: any Encoder) throws {"]
        lines += ["        var container = encoder.singleValueContainer()", "        switch self {"]
        lines += cases.map { "        case .\($0.name)(let value): try container.encode(value)" }
        return lines + ["        }", "    }", "}"]
    }

    /// How many members a value must have; constants before texts.
    private func demands(_ shape: TypeShape) -> Int {
        guard case .named(let name) = shape, let kind = types.kind(of: name) else { return shape == .string ? -1 : 0 }
        switch kind {
        case .structure(let fields): return fields.count(where: \.isRequired)
        case .texts, .integers: return 1000
        case .alias(let inner): return inner == shape ? 0 : demands(inner)
        case .choice: return 0
        }
    }

    /// The member whose constant tells the objects of a choice apart.
    private func tag(of members: [TypeShape]) -> (member: String, values: [[String]])? {
        let structures = members.compactMap { shape -> [SwiftTypes.Field]? in
            guard case .named(let name) = shape, case .structure(let fields)? = types.kind(of: name) else { return nil }
            return fields
        }
        guard structures.count == members.count, let first = structures.first else { return nil }
        for field in first where field.isRequired {
            let values = structures.compactMap { fields -> [String]? in
                guard let other = fields.first(where: { $0.json == field.json }), other.isRequired,
                    case .named(let name) = other.shape, case .texts(let texts)? = types.kind(of: name)
                else { return nil }
                return texts
            }
            let all = values.flatMap { $0 }
            if values.count == members.count, Set(all).count == all.count { return (field.json, values) }
        }
        return nil
    }

    // MARK: client

    private func client() -> [String] {
        var names = names
        var members = TypeNames(reserved: SwiftWords.members.union(["tasks", "task", "transport", "send", "call"]))
        var groups: [[String]] = []
        var lines = [
            "/// The operations and tasks of this project, called through Footing.",
            "public struct FootingClient: Sendable {", "    public let transport: any FootingTransport", "",
            "    public init(_ transport: any FootingTransport) {", "        self.transport = transport", "    }",
        ]
        for provider in project.providers {
            let type = names.claim(TypeNames.pascal([provider.name, "operations"]))
            let about = [provider.title, provider.about].compactMap { $0 }.joined(separator: ": ")
            let name = SwiftWords.written(members.claim(TypeNames.camel(provider.name)))
            lines += [""] + SwiftWords.comment(about, indent: "    ")
            lines.append("    public var \(name): \(type) { \(type)(client: self) }")
            groups.append(group(type, about, provider.operations))
        }
        if !project.recipes.isEmpty {
            lines += ["", "    /// Durable pieces of work: they go on when the app is closed."]
            lines.append("    public var tasks: FootingTasks { FootingTasks(client: self) }")
            groups.append(tasks())
        }
        lines += ["}"]
        return lines + groups.flatMap { [""] + $0 }
    }

    private func group(_ type: String, _ about: String, _ operations: [TypedProject.TypedOperation]) -> [String] {
        var names = TypeNames(reserved: SwiftWords.members)
        var lines = SwiftWords.comment(about, indent: "")
        lines += ["public struct \(type): Sendable {", "    let client: FootingClient"]
        for typed in operations {
            let name = SwiftWords.written(names.claim(TypeNames.camel(typed.operation.name)))
            lines += [""] + method(typed, name)
        }
        return lines + ["}"]
    }

    private func method(_ typed: TypedProject.TypedOperation, _ name: String) -> [String] {
        let operation = typed.operation
        let about = (operation.about.map { $0 + ". " } ?? "") + "\(operation.method) \(operation.path)"
        let input = type(typed.input)
        let answer = type(typed.answer)
        let hasKey = typed.isWrite || typed.isSlow
        let parameters =
            "_ input: \(input)\(typed.needsInput ? "" : " = \(input)()")"
            + (hasKey ? ", idempotencyKey: String = UUID().uuidString" : "")
        let path = SwiftWords.quoted("/v1/calls/" + typed.name)
        let key = hasKey ? "idempotencyKey" : "nil"
        let result = typed.isSlow ? "FootingTask<\(answer)>" : answer
        let verb = typed.isSlow ? "start" : "call"
        return SwiftWords.comment(about, indent: "    ") + [
            "    public func \(name)(\(parameters)) async throws -> \(result) {",
            "        try await client.\(verb)(\(path), input, key: \(key))", "    }",
        ]
    }

    private func tasks() -> [String] {
        var names = TypeNames(reserved: SwiftWords.members)
        var lines = [
            "/// The recipes of this project.", "public struct FootingTasks: Sendable {",
            "    let client: FootingClient",
        ]
        for typed in project.recipes {
            let name = SwiftWords.written(names.claim(TypeNames.camel(typed.recipe.name)))
            let input = type(typed.input)
            let empty = input.hasPrefix("[") ? "[:]" : "\(input)()"
            let isEmptiable = !typed.needsInput && (input.hasPrefix("[") || isStructure(typed.input))
            lines += [""] + SwiftWords.comment(typed.recipe.about ?? typed.recipe.title, indent: "    ")
            lines += [
                "    public func \(name)(",
                "        _ input: \(input)\(isEmptiable ? " = \(empty)" : ""), idempotencyKey: String = UUID().uuidString",
                "    ) async throws -> FootingTask<FootingJSON> {",
                "        try await client.start(", "            \"/v1/tasks\",",
                "            FootingSubmission(recipe: \(SwiftWords.quoted(typed.recipe.name)), input: input), key: idempotencyKey)",
                "    }",
            ]
        }
        return lines + [
            "}", "", "private struct FootingSubmission<Input: Encodable & Sendable>: Encodable, Sendable {",
            "    let recipe: String", "    let input: Input", "}",
        ]
    }

    private func isStructure(_ shape: TypeShape) -> Bool {
        guard case .named(let name) = shape, case .structure? = types.kind(of: name) else { return false }
        return true
    }
}
