/// Many schemas of an OpenAPI document, compiled together.
struct OpenAPIProgram {
    private static let base = "openapi:/document"

    /// nil only when nothing at all could be compiled.
    private(set) var schema: Schema?
    /// The node of each place.
    private(set) var nodes: [Int] = []
    /// Why a place has no usable schema, by its index.
    private(set) var faults: [Int: String] = [:]

    init(_ document: JSONValue, _ places: [JSONPointer?], _ side: ContractChange.Side) {
        let version = document["openapi"]?.stringValue ?? ""
        let options = SchemaOptions(
            draft: version.hasPrefix("3.0") ? .openAPI30 : .openAPI31,
            direction: side == .request ? .request : .answer)
        var parts = places.map { OpenAPIProgram.reference($0) }
        if let schema = try? OpenAPIProgram.compile(parts, document, options) {
            take(schema)
            return
        }
        // One of them is at fault: it is found, and left out.
        for index in parts.indices {
            do throws(SchemaError) {
                _ = try OpenAPIProgram.compile([parts[index]], document, options)
            } catch {
                faults[index] = error.description
                parts[index] = true
            }
        }
        if let schema = try? OpenAPIProgram.compile(parts, document, options) { take(schema) }
    }

    private mutating func take(_ schema: Schema) {
        self.schema = schema
        for index in schema.program.nodes[0].steps {
            if case .all(let nodes) = schema.program.steps[index].instruction { self.nodes = nodes }
        }
    }

    private static func compile(
        _ parts: [JSONValue], _ document: JSONValue, _ options: SchemaOptions
    ) throws(SchemaError) -> Schema {
        try Schema.compile(
            ["allOf": .array(parts.isEmpty ? [true] : parts)], remotes: [base: document], options: options)
    }

    private static func reference(_ pointer: JSONPointer?) -> JSONValue {
        guard let pointer else { return true }
        return ["$ref": .string(base + "#" + SchemaURI.encodedFragment(pointer.description))]
    }
}
