extension SchemaKeywords {
    static func type(_ compiler: inout SchemaCompiler, _ context: SchemaContext) throws(SchemaError) -> Result {
        let names: [String]
        if case .string(let name) = context.value {
            names = [name]
        } else {
            names = try texts(context.value, &compiler, at: context.keywordLocation)
        }
        var types: SchemaTypes = []
        for name in names {
            guard let type = SchemaTypes(name: name) else {
                throw compiler.error("\(name) is no type", at: context.keywordLocation)
            }
            types.insert(type)
        }
        let dialect = compiler.resources[context.resource].dialect
        if dialect.draft == .draft4 { types.insert(.writtenInteger) }
        if dialect.draft == .openAPI30, context.schema["nullable"] == true { types.insert(.null) }
        return [.types(types)]
    }

    static func constant(_ compiler: inout SchemaCompiler, _ context: SchemaContext) throws(SchemaError) -> Result {
        [.choice([context.value])]
    }

    static func enumeration(_ compiler: inout SchemaCompiler, _ context: SchemaContext) throws(SchemaError) -> Result {
        guard case .array(let values) = context.value else {
            throw compiler.error("enum is an array", at: context.keywordLocation)
        }
        return [.choice(values)]
    }

    static func bound(_ compiler: inout SchemaCompiler, _ context: SchemaContext) throws(SchemaError) -> Result {
        guard case .number(let limit) = context.value, let kind = SchemaBound.Kind(rawValue: context.keyword) else {
            throw compiler.error("\(context.keyword) is a number", at: context.keywordLocation)
        }
        return [.bound(SchemaBound(kind: kind, limit: limit))]
    }

    /// `minimum` and `maximum` where `exclusiveMinimum` and `exclusiveMaximum` are true or false.
    static func switchedBound(
        _ compiler: inout SchemaCompiler, _ context: SchemaContext
    ) throws(SchemaError) -> Result {
        guard case .number(let limit) = context.value else {
            throw compiler.error("\(context.keyword) is a number", at: context.keywordLocation)
        }
        let isMinimum = context.keyword == "minimum"
        let isExclusive = context.schema[isMinimum ? "exclusiveMinimum" : "exclusiveMaximum"] == true
        let kind: SchemaBound.Kind =
            isMinimum
            ? (isExclusive ? .exclusiveMinimum : .minimum) : (isExclusive ? .exclusiveMaximum : .maximum)
        return [.bound(SchemaBound(kind: kind, limit: limit))]
    }

    static func multiple(_ compiler: inout SchemaCompiler, _ context: SchemaContext) throws(SchemaError) -> Result {
        guard case .number(let divisor) = context.value, let multiple = SchemaMultiple(divisor) else {
            throw compiler.error(
                "multipleOf is a positive number of at most 18 significant digits", at: context.keywordLocation)
        }
        return [.multiple(multiple)]
    }

    static func count(_ compiler: inout SchemaCompiler, _ context: SchemaContext) throws(SchemaError) -> Result {
        let what: SchemaCount.What =
            context.keyword.hasSuffix("Length")
            ? .characters : context.keyword.hasSuffix("Items") ? .elements : .members
        let limit = try size(context.value, &compiler, at: context.keywordLocation)
        return [.count(SchemaCount(what: what, isMinimum: context.keyword.hasPrefix("min"), limit: limit))]
    }

    static func pattern(_ compiler: inout SchemaCompiler, _ context: SchemaContext) throws(SchemaError) -> Result {
        guard case .string(let text) = context.value else {
            throw compiler.error("pattern is a text", at: context.keywordLocation)
        }
        return [.pattern(try expression(text, &compiler, at: context.keywordLocation))]
    }

    static func format(_ compiler: inout SchemaCompiler, _ context: SchemaContext) throws(SchemaError) -> Result {
        guard case .string(let name) = context.value else {
            throw compiler.error("format is a text", at: context.keywordLocation)
        }
        let dialect = compiler.resources[context.resource].dialect
        guard dialect.assertsFormats, let format = SchemaFormat(name: name, draft: dialect.draft) else { return [] }
        return [.format(format)]
    }

    /// What draft 7 lets a validator check of texts that hold something else.
    static func content(_ compiler: inout SchemaCompiler, _ context: SchemaContext) throws(SchemaError) -> Result {
        let isEncoded = context.schema["contentEncoding"] == "base64"
        let isJSON = context.schema["contentMediaType"] == "application/json"
        switch (isEncoded, isJSON) {
        case (true, true): return [.format(.base64JSON)]
        case (true, false): return [.format(.base64)]
        case (false, true): return [.format(.json)]
        case (false, false): return []
        }
    }

    static func unique(_ compiler: inout SchemaCompiler, _ context: SchemaContext) throws(SchemaError) -> Result {
        guard case .bool(let isUnique) = context.value else {
            throw compiler.error("uniqueItems is true or false", at: context.keywordLocation)
        }
        return isUnique ? [.unique] : []
    }

    static func required(_ compiler: inout SchemaCompiler, _ context: SchemaContext) throws(SchemaError) -> Result {
        var names = try texts(context.value, &compiler, at: context.keywordLocation)
        let draft = compiler.resources[context.resource].dialect.draft
        if draft == .openAPI30 || draft == .openAPI31, compiler.options.direction != .any {
            let mark = compiler.options.direction == .request ? "readOnly" : "writeOnly"
            names.removeAll { context.schema["properties"]?[$0]?[mark] == true }
        }
        return [.required(names.map { SchemaName($0) })]
    }

    static func dependentRequired(
        _ compiler: inout SchemaCompiler, _ context: SchemaContext
    ) throws(SchemaError) -> Result {
        guard case .object(let object) = context.value else {
            throw compiler.error("dependentRequired is an object", at: context.keywordLocation)
        }
        var entries: [(SchemaName, [SchemaName])] = []
        for (name, needs) in object {
            let names = try texts(needs, &compiler, at: context.keywordLocation.appending(name))
            entries.append((SchemaName(name), names.map { SchemaName($0) }))
        }
        return [.dependentRequired(entries)]
    }
}
