/// How each keyword is compiled; the applicators, which hold schemas, are here, the assertions beside it.
enum SchemaKeywords {
    typealias Result = SchemaInstruction?

    static func reference(_ compiler: inout SchemaCompiler, _ context: SchemaContext) throws(SchemaError) -> Result {
        .reference(compiler.node(at: try compiler.resolve(context)))
    }

    static func dynamicReference(
        _ compiler: inout SchemaCompiler, _ context: SchemaContext
    ) throws(SchemaError) -> Result {
        let target = try compiler.resolve(context)
        let node = compiler.node(at: target)
        guard case .string(let text) = context.value, let anchor = compiler.dynamicAnchor(of: text, at: target) else {
            return .reference(node)
        }
        return .dynamicReference(node, anchor: anchor)
    }

    static func members(_ compiler: inout SchemaCompiler, _ context: SchemaContext) throws(SchemaError) -> Result {
        let place = context.location
        var properties: [(SchemaName, Int)] = []
        for (name, node) in try children(&compiler, context, "properties") {
            properties.append((SchemaName(name), node))
        }
        var members = SchemaMembers(properties)
        for (pattern, node) in try children(&compiler, context, "patternProperties") {
            let location = place.appending("patternProperties").appending(pattern)
            members.patterns.append((try expression(pattern, &compiler, at: location), node))
        }
        if context.schema.contains("additionalProperties") {
            members.hasRest = true
            members.rest = rest(&compiler, context, "additionalProperties")
        }
        return .members(members)
    }

    static func propertyNames(
        _ compiler: inout SchemaCompiler, _ context: SchemaContext
    ) throws(SchemaError) -> Result {
        .propertyNames(compiler.node(at: context.keywordLocation))
    }

    static func dependentSchemas(
        _ compiler: inout SchemaCompiler, _ context: SchemaContext
    ) throws(SchemaError) -> Result {
        .dependentSchemas(
            try children(&compiler, context, context.keyword).map { (SchemaName($0.name), $0.node) })
    }

    /// The older keyword that was split into `dependentRequired` and `dependentSchemas`.
    static func dependencies(
        _ compiler: inout SchemaCompiler, _ context: SchemaContext
    ) throws(SchemaError) -> Result {
        guard case .object(let object) = context.value else {
            throw compiler.error("dependencies is an object", at: context.keywordLocation)
        }
        var schemas: [(SchemaName, Int)] = []
        var names: [(SchemaName, [SchemaName])] = []
        for (name, value) in object {
            let location = context.keywordLocation.appending(name)
            if case .array = value {
                names.append((SchemaName(name), try texts(value, &compiler, at: location).map { SchemaName($0) }))
            } else {
                schemas.append((SchemaName(name), compiler.node(at: location)))
            }
        }
        return .several([.dependentRequired(names), .dependentSchemas(schemas)])
    }

    static func elements(_ compiler: inout SchemaCompiler, _ context: SchemaContext) throws(SchemaError) -> Result {
        var prefix: [Int] = []
        if let value = context.schema["prefixItems"] {
            prefix = try list(value, &compiler, at: context.location.appending("prefixItems"))
        }
        let rest: SchemaRest =
            context.schema.contains("items") ? rest(&compiler, context, "items") : .free
        return .elements(prefix: prefix, rest: rest)
    }

    static func contains(_ compiler: inout SchemaCompiler, _ context: SchemaContext) throws(SchemaError) -> Result {
        var least: Int?
        var most: Int?
        if compiler.resources[context.resource].dialect.keywords["minItems"] != nil {
            least = try context.schema["minContains"].map {
                value throws(SchemaError) in try size(value, &compiler, at: context.location.appending("minContains"))
            }
            most = try context.schema["maxContains"].map {
                value throws(SchemaError) in try size(value, &compiler, at: context.location.appending("maxContains"))
            }
        }
        return .contains(compiler.node(at: context.keywordLocation), least: least ?? 1, most: most)
    }

    static func all(_ compiler: inout SchemaCompiler, _ context: SchemaContext) throws(SchemaError) -> Result {
        .all(try list(context.value, &compiler, at: context.keywordLocation))
    }

    static func any(_ compiler: inout SchemaCompiler, _ context: SchemaContext) throws(SchemaError) -> Result {
        .any(try list(context.value, &compiler, at: context.keywordLocation))
    }

    static func one(_ compiler: inout SchemaCompiler, _ context: SchemaContext) throws(SchemaError) -> Result {
        .one(try list(context.value, &compiler, at: context.keywordLocation))
    }

    static func not(_ compiler: inout SchemaCompiler, _ context: SchemaContext) throws(SchemaError) -> Result {
        .not(compiler.node(at: context.keywordLocation))
    }

    /// `then` and `else` mean nothing without `if`; an `if` alone still looks at members.
    static func condition(_ compiler: inout SchemaCompiler, _ context: SchemaContext) throws(SchemaError) -> Result {
        var branches: [Int?] = []
        for keyword in ["then", "else"] {
            branches.append(
                context.schema.contains(keyword) ? compiler.node(at: context.location.appending(keyword)) : nil)
        }
        return .condition(compiler.node(at: context.keywordLocation), then: branches[0], otherwise: branches[1])
    }

    static func unevaluatedMembers(
        _ compiler: inout SchemaCompiler, _ context: SchemaContext
    ) throws(SchemaError) -> Result {
        .unevaluatedMembers(rest(&compiler, context, context.keyword))
    }

    static func unevaluatedElements(
        _ compiler: inout SchemaCompiler, _ context: SchemaContext
    ) throws(SchemaError) -> Result {
        .unevaluatedElements(rest(&compiler, context, context.keyword))
    }
}
