/// What several keywords are made of.
extension SchemaKeywords {
    /// The nodes of a keyword that maps names to schemas; none when it is absent.
    static func children(
        _ compiler: inout SchemaCompiler, _ context: SchemaContext, _ keyword: String
    ) throws(SchemaError) -> [(name: String, node: Int)] {
        guard let value = context.schema[keyword] else { return [] }
        let location = context.location.appending(keyword)
        guard case .object(let object) = value else { throw compiler.error("\(keyword) is an object", at: location) }
        var nodes: [(String, Int)] = []
        for name in object.keys { nodes.append((name, compiler.node(at: location.appending(name)))) }
        return nodes
    }

    static func list(
        _ value: JSONValue, _ compiler: inout SchemaCompiler, at location: SchemaLocation
    ) throws(SchemaError) -> [Int] {
        guard case .array(let elements) = value, !elements.isEmpty else {
            throw compiler.error("A list of schemas is expected", at: location)
        }
        var nodes: [Int] = []
        for index in elements.indices { nodes.append(compiler.node(at: location.appending(String(index)))) }
        return nodes
    }

    static func rest(_ compiler: inout SchemaCompiler, _ context: SchemaContext, _ keyword: String) -> SchemaRest {
        switch context.schema[keyword] {
        case .bool(false): .forbidden
        default: .node(compiler.node(at: context.location.appending(keyword)))
        }
    }

    /// Spelt as any number with an integral value; sizes beyond an `Int` are as good as the largest.
    static func size(
        _ value: JSONValue, _ compiler: inout SchemaCompiler, at location: SchemaLocation
    ) throws(SchemaError) -> Int {
        guard case .number(let number) = value, number.isInteger, number.double >= 0 else {
            throw compiler.error("A whole number that is not negative is expected", at: location)
        }
        return number.int ?? Int.max
    }

    static func texts(
        _ value: JSONValue, _ compiler: inout SchemaCompiler, at location: SchemaLocation
    ) throws(SchemaError) -> [String] {
        guard case .array(let elements) = value else {
            throw compiler.error("A list of texts is expected", at: location)
        }
        var texts: [String] = []
        for element in elements {
            guard case .string(let text) = element else {
                throw compiler.error("A list of texts is expected", at: location)
            }
            texts.append(text)
        }
        return texts
    }

    static func expression(
        _ text: String, _ compiler: inout SchemaCompiler, at location: SchemaLocation
    ) throws(SchemaError) -> RegularExpression {
        do throws(RegularExpressionError) {
            return try RegularExpression(text)
        } catch {
            throw compiler.error(error.description, at: location)
        }
    }
}
