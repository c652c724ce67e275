extension SchemaCompiler {
    /// The schema a reference leads to, seen from a resource.
    mutating func resolve(_ context: SchemaContext) throws(SchemaError) -> SchemaLocation {
        guard case .string(let reference) = context.value else {
            throw error("\(context.keyword) is a text", at: context.keywordLocation)
        }
        let uri = resources[context.resource].uri.resolving(reference)
        let resource = try load(uri, context)
        guard let fragment = uri.decodedFragment else {
            throw error("The fragment of \(reference) is no text", at: context.keywordLocation)
        }
        guard !fragment.hasPrefix("/") else {
            return try location(of: fragment, in: resource, reference, context)
        }
        if fragment.isEmpty { return resources[resource].root }
        guard let anchor = resources[resource].anchors[fragment] else {
            throw error("\(reference) leads nowhere: there is no such anchor", at: context.keywordLocation)
        }
        return anchor
    }

    /// Whether the place is what the fragment's dynamic anchor names, so that `$dynamicRef` may look further.
    func dynamicAnchor(of reference: String, at location: SchemaLocation) -> String? {
        guard let name = SchemaURI(reference).decodedFragment, let resource = resourcesByLocation[location],
            resources[resource].dynamicAnchors[name] == location
        else { return nil }
        return name
    }

    private mutating func load(_ uri: SchemaURI, _ context: SchemaContext) throws(SchemaError) -> Int {
        let name = uri.document
        if let known = resourcesByURI[name] { return known }
        var json = remotes[name]
        if json == nil, let meta = SchemaMetaSchema.documents[name] { json = meta }
        guard let json else {
            throw error("Nothing is known under \(name)", at: context.keywordLocation)
        }
        let root = try add(json, uri: name)
        guard let resource = resourcesByURI[name] ?? resourcesByLocation[root] else {
            throw error("Nothing is known under \(name)", at: context.keywordLocation)
        }
        return resource
    }

    /// The place a JSON Pointer names inside a resource; it need not be one where a keyword holds schemas.
    private mutating func location(
        of fragment: String, in resource: Int, _ reference: String, _ context: SchemaContext
    ) throws(SchemaError) -> SchemaLocation {
        let root = resources[resource].root
        guard let pointer = JSONPointer(fragment) else {
            throw error("The fragment of \(reference) is no JSON Pointer", at: context.keywordLocation)
        }
        let target = root.appending(pointer.tokens)
        guard let value = value(at: target) else {
            throw error("\(reference) leads nowhere", at: context.keywordLocation)
        }
        if resourcesByLocation[target] == nil {
            var owner = resource
            for length in 0..<pointer.tokens.count {
                let above = root.appending(Array(pointer.tokens.prefix(length)))
                owner = resourcesByLocation[above] ?? owner
            }
            try index(value, at: target, base: resources[owner].uri, parent: owner)
        }
        return target
    }
}
