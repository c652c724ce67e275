/// Compiles schemas to a program, one place at a time: what a keyword needs gets a number at once and is compiled later.
///
/// `SchemaCompiler+Index` finds resources and anchors, `SchemaCompiler+References` follows references, `SchemaKeywords`
/// has the keywords.
struct SchemaCompiler {
    let remotes: [String: JSONValue]
    let options: SchemaOptions

    /// The main document first; each with the URI it was found under.
    var documents: [(json: JSONValue, uri: String)] = []
    var resources: [SchemaResource] = []
    var resourcesByURI: [String: Int] = [:]
    /// The resource of each place known to hold a schema.
    var resourcesByLocation: [SchemaLocation: Int] = [:]

    private var nodes: [SchemaNode] = []
    private var steps: [SchemaStep] = []
    private var nodesByLocation: [SchemaLocation: Int] = [:]
    private var pending: [(node: Int, location: SchemaLocation)] = []

    init(remotes: [String: JSONValue], options: SchemaOptions) {
        self.remotes = remotes
        self.options = options
    }

    mutating func compile(_ json: JSONValue, base: String) throws(SchemaError) -> SchemaProgram {
        _ = node(at: try add(json, uri: base))
        var anchors: [[String: Int]] = []
        // Compiling may load documents, and their dynamic anchors ask for more nodes.
        repeat {
            while let next = pending.popLast() { try compile(node: next.node, at: next.location) }
            anchors = []
            for resource in resources { anchors.append(resource.dynamicAnchors.mapValues { node(at: $0) }) }
        } while !pending.isEmpty
        return SchemaProgram(
            SchemaLinker(nodes: nodes, steps: steps, dynamicAnchors: anchors),
            resources: resources.map { ($0.uri.document, describe($0.root)) })
    }

    /// The number of the schema at that place.
    mutating func node(at location: SchemaLocation) -> Int {
        if let known = nodesByLocation[location] { return known }
        let number = nodes.count
        nodes.append(SchemaNode(location: describe(location)))
        nodesByLocation[location] = number
        pending.append((number, location))
        return number
    }

    func value(at location: SchemaLocation) -> JSONValue? {
        documents[location.document].json.value(at: location.pointer)
    }

    func describe(_ location: SchemaLocation) -> String {
        (location.document == 0 ? "" : documents[location.document].uri) + "#" + location.pointer.description
    }

    func error(_ message: String, at location: SchemaLocation) -> SchemaError {
        let prefix = location.document == 0 ? "" : documents[location.document].uri + "#"
        return SchemaError(pointer: prefix + location.pointer.description, message: message)
    }

    private mutating func compile(node number: Int, at location: SchemaLocation) throws(SchemaError) {
        let resource = resourcesByLocation[location] ?? 0
        let start = steps.count
        switch value(at: location) {
        case .bool(true): break
        case .bool(false): steps.append(SchemaStep(keyword: "false", instruction: .never))
        case .object(let schema):
            try compile(schema, at: location, resource: resource)
            let keywords = resources[resource].dialect.keywords
            nodes[number].isPersonal = schema["x-personal"] == true
            nodes[number].annotations = resources[resource].dialect.annotations(of: schema)
            nodes[number].isTracing = schema.keys.contains { keywords[$0]?.isLast ?? false }
        default: throw error("A schema is an object, true or false", at: location)
        }
        nodes[number].steps = start..<steps.count
        nodes[number].resource = resource
    }

    private mutating func compile(
        _ schema: JSONObject, at location: SchemaLocation, resource: Int
    ) throws(SchemaError) {
        let dialect = resources[resource].dialect
        let keywords = dialect.keywords
        let isReference = dialect.draft.isReferenceAlone && schema["$ref"]?.stringValue != nil
        var late: [SchemaStep] = []
        for (keyword, value) in schema where !isReference || keyword == "$ref" {
            guard let entry = keywords[keyword], let compile = entry.compile else { continue }
            let lead = entry.group.first { schema.contains($0) && keywords[$0]?.compile != nil }
            if let lead, lead != keyword { continue }
            let context = SchemaContext(
                keyword: keyword, value: value, schema: schema, location: location, resource: resource)
            for instruction in try compile(&self, context) {
                let step = SchemaStep(keyword: keyword, instruction: instruction)
                if entry.isLast { late.append(step) } else { steps.append(step) }
            }
        }
        steps += late
    }
}
