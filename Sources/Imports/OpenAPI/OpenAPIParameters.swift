import Contracts

/// The parameters of one operation: what the contract can say of path and query, and what it cannot.
struct OpenAPIParameters {
    let files: DescriptionFiles
    let translation: SchemaTranslation
    let subject: String

    private(set) var query: JSONValue?
    private(set) var path: JSONValue?
    private(set) var idempotencyHeader: String?
    private(set) var examples = OpenAPIExamples()
    private(set) var notes: [ImportNote] = []

    init(files: DescriptionFiles, translation: SchemaTranslation, subject: String) {
        self.files = files
        self.translation = translation
        self.subject = subject
    }

    private typealias Parameter = (value: JSONValue, place: DocumentPlace)

    /// Reads the path's and the operation's parameters; `renamed` has the inventory's names of path parameters.
    mutating func read(_ operation: OpenAPIOperation, renamed: [String: String]) throws(ImportError) {
        var all: [(key: String, parameter: Parameter)] = []
        for (list, place) in [
            (operation.shared, operation.sharedPlace),
            (operation.value["parameters"], operation.place.appending("parameters")),
        ] {
            guard let list else { continue }
            guard let list = list.arrayValue else { throw files.error("\"parameters\" is a list", at: place) }
            for (index, item) in list.enumerated() {
                let (value, here) = try files.followed(item, at: place.appending(String(index)))
                guard let name = value["name"]?.stringValue, let holder = value["in"]?.stringValue else {
                    throw files.error(
                        "a parameter needs \"name\" and \"in\"", at: here,
                        advice: "write in: path, query, header or cookie")
                }
                all.removeAll { $0.key == "\(holder) \(name)" }
                all.append(("\(holder) \(name)", (value, here)))
            }
        }
        var queries = Members()
        var paths = Members()
        for (_, parameter) in all {
            let name = parameter.value["name"]?.stringValue ?? ""
            switch parameter.value["in"]?.stringValue {
            case "path":
                guard let plain = renamed[name] else { continue }
                let schema = try schema(of: parameter, style: "simple", name)
                paths.add(plain, schema, isRequired: true)
                addExamples(of: parameter, name, to: "path", plain, isRequired: true, schema)
            case "query": try readQuery(parameter, name, &queries)
            case "header": readHeader(parameter, name)
            default:
                note("the cookie \(name) is not passed on: cookies of callers never reach a provider", parameter.place)
            }
        }
        // Parameters of the path that nobody describes.
        for plain in renamed.values.sorted() where !paths.names.contains(plain) {
            paths.add(plain, ["type": "string"], isRequired: true)
            examples.add([], to: "path", plain, isNeeded: true)
        }
        query = queries.schema
        path = paths.saysMoreThanNames ? paths.schema : nil
    }

    private mutating func readQuery(_ parameter: Parameter, _ name: String, _ queries: inout Members)
        throws(ImportError)
    {
        let isRequired = parameter.value["required"] == true
        let style = parameter.value["style"]?.stringValue ?? "form"
        guard let schema = try schema(of: parameter, style: style, name) else {
            examples.add([], to: "query", name, isNeeded: isRequired)
            return
        }
        queries.add(name, schema, isRequired: isRequired)
        addExamples(of: parameter, name, to: "query", name, isRequired: isRequired, schema)
    }

    private mutating func readHeader(_ parameter: Parameter, _ name: String) {
        let plain = name.lowercased()
        if plain.contains("idempotency") || plain == "paypal-request-id" {
            idempotencyHeader = name
        } else if !["accept", "authorization", "content-type"].contains(plain) {
            note("the header \(name) is passed on and not checked", parameter.place)
        }
    }

    /// What can be said of a value that travels as text; nil where its names or its form cannot be described.
    private mutating func schema(of parameter: Parameter, style: String, _ name: String) throws(ImportError)
        -> JSONValue?
    {
        guard let raw = parameter.value["schema"] else {
            if parameter.value["content"] != nil {
                note("\(name) holds JSON in its text, which is not checked", parameter.place)
            }
            return ["type": "string"]
        }
        if style == "deepObject" {
            note("\(name) is spread over several names, which is not checked", parameter.place)
            return nil
        }
        var inlined = InlinedSchema(files: files, translation: translation)
        let schema = TextSchema.plain(try inlined.schema(raw, at: parameter.place.appending("schema")))
        guard let types = TextSchema.types(schema) else {
            note("\(name) has one of several forms, which is not checked", parameter.place)
            return [:]
        }
        if types.contains("object") {
            note("\(name) is an object in one text or over several names, which is not checked", parameter.place)
            return nil
        }
        guard types.contains("array") else { return schema }
        guard style == "form", parameter.value["explode"] != false else {
            note("\(name) holds a list in one text, whose items are not checked", parameter.place)
            return ["type": "string"]
        }
        return TextSchema.repeatable(schema)
    }

    private mutating func addExamples(
        of parameter: Parameter, _ name: String, to holder: String, _ member: String, isRequired: Bool,
        _ schema: JSONValue?
    ) {
        var unread: [String] = []
        var choices = OpenAPIExamples.choices(of: parameter.value, at: parameter.place, files) { unread.append($0) }
        for example in unread { note("the example \(example) of \(name) cannot be read", parameter.place) }
        if choices.isEmpty, isRequired {
            let raw = parameter.value["schema"]
            let first =
                raw?["example"] ?? raw?["examples"]?.arrayValue?.first ?? schema?["enum"]?.arrayValue?.first
            choices = first.map { [(nil, $0)] } ?? []
        }
        let isSecret = Redaction.standard.isSecret(member: name)
        choices.removeAll { isSecret || $0.value.objectValue != nil || $0.value.isNull }
        examples.add(choices, to: holder, member, isNeeded: isRequired)
    }

    private mutating func note(_ message: String, _ place: DocumentPlace) {
        notes.append(ImportNote(.gap, subject, message, at: place.pointer))
    }

    /// The members of a schema that grows.
    private struct Members {
        private var properties = JSONObject()
        private var required: [String] = []

        var names: [String] { properties.keys }

        var schema: JSONValue? {
            guard !properties.isEmpty else { return nil }
            var schema: JSONObject = ["type": "object"]
            if !required.isEmpty { schema["required"] = JSONValue(required) }
            schema["properties"] = .object(properties)
            return .object(schema)
        }

        /// Whether any value must be more than some text.
        var saysMoreThanNames: Bool {
            properties.contains { _, schema in
                schema.objectValue?.keys.contains { !["title", "description", "type"].contains($0) } ?? false
                    || !["string", nil].contains(schema["type"]?.stringValue)
            }
        }

        mutating func add(_ name: String, _ schema: JSONValue?, isRequired: Bool) {
            properties[name] = schema ?? ["type": "string"]
            if isRequired { required.append(name) }
        }
    }
}
