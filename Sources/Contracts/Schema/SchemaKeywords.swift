/// How each keyword is compiled; the applicators, which hold schemas, are here, the assertions beside it.
enum SchemaKeywords {
    typealias Result = [SchemaInstruction]

    static func reference(_ compiler: inout SchemaCompiler, _ context: SchemaContext) throws(SchemaError) -> Result {
        [.reference(compiler.node(at: try compiler.resolve(context)))]
    }

    static func dynamicReference(
        _ compiler: inout SchemaCompiler, _ context: SchemaContext
    ) throws(SchemaError) -> Result {
        let target = try compiler.resolve(context)
        let node = compiler.node(at: target)
        guard case .string(let text) = context.value, let anchor = compiler.dynamicAnchor(of: text, at: target) else {
            return [.reference(node)]
        }
        return [.dynamicReference(node, anchor: anchor)]
    }

    /// Draft 2019-09: like a dynamic reference to an anchor without name, which `$recursiveAnchor` sets.
    static func recursiveReference(
        _ compiler: inout SchemaCompiler, _ context: SchemaContext
    ) throws(SchemaError) -> Result {
        let target = try compiler.resolve(context)
        let node = compiler.node(at: target)
        return [compiler.isRecursive(target) ? .dynamicReference(node, anchor: "") : .reference(node)]
    }

    static func members(_ compiler: inout SchemaCompiler, _ context: SchemaContext) throws(SchemaError) -> Result {
        let place = context.location
        let keywords = compiler.resources[context.resource].dialect.keywords
        var members = SchemaMembers()
        for (name, node) in try children(&compiler, context, "properties") {
            members.names.append((SchemaName(name), node))
        }
        let patterns =
            keywords["patternProperties"] == nil ? [] : try children(&compiler, context, "patternProperties")
        for (pattern, node) in patterns {
            let location = place.appending("patternProperties").appending(pattern)
            members.patterns.append((try expression(pattern, &compiler, at: location), node))
        }
        if context.schema.contains("additionalProperties") {
            members.hasRest = true
            members.rest = rest(&compiler, context, "additionalProperties")
        }
        return [.members(members)]
    }

    static func propertyNames(
        _ compiler: inout SchemaCompiler, _ context: SchemaContext
    ) throws(SchemaError) -> Result {
        [.propertyNames(compiler.node(at: context.keywordLocation))]
    }

    static func dependentSchemas(
        _ compiler: inout SchemaCompiler, _ context: SchemaContext
    ) throws(SchemaError) -> Result {
        [
            .dependentSchemas(
                try children(&compiler, context, context.keyword).map { (SchemaName($0.name), $0.node) })
        ]
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
            if case .string(let need) = value {
                names.append((SchemaName(name), [SchemaName(need)]))
            } else if case .array = value {
                names.append((SchemaName(name), try texts(value, &compiler, at: location).map { SchemaName($0) }))
            } else {
                schemas.append((SchemaName(name), compiler.node(at: location)))
            }
        }
        return [.dependentRequired(names), .dependentSchemas(schemas)]
    }

    static func elements(_ compiler: inout SchemaCompiler, _ context: SchemaContext) throws(SchemaError) -> Result {
        var prefix: [Int] = []
        if let value = context.schema["prefixItems"],
            compiler.resources[context.resource].dialect.keywords["prefixItems"] != nil
        {
            prefix = try list(value, &compiler, at: context.location.appending("prefixItems"))
        }
        let rest: SchemaRest =
            context.schema.contains("items") ? rest(&compiler, context, "items") : .free
        return [.elements(prefix: prefix, rest: rest)]
    }

    /// `items` as a schema for all elements or a list for the first ones, `additionalItems` for those after a list.
    static func olderElements(
        _ compiler: inout SchemaCompiler, _ context: SchemaContext
    ) throws(SchemaError) -> Result {
        guard let items = context.schema["items"] else { return [] }
        guard case .array(let elements) = items else {
            return [.elements(prefix: [], rest: rest(&compiler, context, "items"))]
        }
        let location = context.location.appending("items")
        let prefix = elements.isEmpty ? [] : try list(items, &compiler, at: location)
        let rest: SchemaRest =
            context.schema.contains("additionalItems") ? rest(&compiler, context, "additionalItems") : .free
        return [.elements(prefix: prefix, rest: rest)]
    }

    static func contains(_ compiler: inout SchemaCompiler, _ context: SchemaContext) throws(SchemaError) -> Result {
        var least: Int?
        var most: Int?
        let dialect = compiler.resources[context.resource].dialect
        let hasCounts = dialect.draft != .draft6 && dialect.draft != .draft7 && dialect.keywords["minItems"] != nil
        if hasCounts {
            least = try context.schema["minContains"].map {
                value throws(SchemaError) in try size(value, &compiler, at: context.location.appending("minContains"))
            }
            most = try context.schema["maxContains"].map {
                value throws(SchemaError) in try size(value, &compiler, at: context.location.appending("maxContains"))
            }
        }
        return [
            .contains(
                compiler.node(at: context.keywordLocation), least: least ?? 1, most: most,
                isTraced: dialect.draft != .draft2019)
        ]
    }

    static func all(_ compiler: inout SchemaCompiler, _ context: SchemaContext) throws(SchemaError) -> Result {
        [.all(try list(context.value, &compiler, at: context.keywordLocation))]
    }

    static func any(_ compiler: inout SchemaCompiler, _ context: SchemaContext) throws(SchemaError) -> Result {
        [.any(try list(context.value, &compiler, at: context.keywordLocation))]
    }

    static func one(_ compiler: inout SchemaCompiler, _ context: SchemaContext) throws(SchemaError) -> Result {
        [.one(try list(context.value, &compiler, at: context.keywordLocation))]
    }

    static func not(_ compiler: inout SchemaCompiler, _ context: SchemaContext) throws(SchemaError) -> Result {
        [.not(compiler.node(at: context.keywordLocation))]
    }

    /// `then` and `else` mean nothing without `if`; an `if` alone still looks at members.
    static func condition(_ compiler: inout SchemaCompiler, _ context: SchemaContext) throws(SchemaError) -> Result {
        var branches: [Int?] = []
        for keyword in ["then", "else"] {
            branches.append(
                context.schema.contains(keyword) ? compiler.node(at: context.location.appending(keyword)) : nil)
        }
        return [.condition(compiler.node(at: context.keywordLocation), then: branches[0], otherwise: branches[1])]
    }

    static func unevaluatedMembers(
        _ compiler: inout SchemaCompiler, _ context: SchemaContext
    ) throws(SchemaError) -> Result {
        [.unevaluatedMembers(rest(&compiler, context, context.keyword))]
    }

    static func unevaluatedElements(
        _ compiler: inout SchemaCompiler, _ context: SchemaContext
    ) throws(SchemaError) -> Result {
        [.unevaluatedElements(rest(&compiler, context, context.keyword))]
    }
}
