extension SchemaCompiler {
    /// Takes a document in: finds its resources and anchors. Gives the place of its root.
    mutating func add(_ json: JSONValue, uri: String) throws(SchemaError) -> SchemaLocation {
        let root = SchemaLocation(document: documents.count, pointer: JSONPointer())
        documents.append((json, uri))
        let base = SchemaURI(uri)
        try index(json, at: root, base: base, parent: nil)
        if let resource = resourcesByLocation[root], resourcesByURI[base.document] == nil {
            resourcesByURI[base.document] = resource
        }
        return root
    }

    /// Walks through the places where keywords hold subschemas; what stands elsewhere (`enum`, unknown keywords) is
    /// no schema until a reference says so.
    mutating func index(
        _ value: JSONValue, at location: SchemaLocation, base: SchemaURI, parent: Int?
    ) throws(SchemaError) {
        guard case .object(let schema) = value else {
            if let parent {
                resourcesByLocation[location] = parent
            } else {
                resourcesByLocation[location] = try addResource(base, location, JSONObject(), nil)
            }
            return
        }
        var base = base
        var resource = parent
        if case .string(let id)? = schema["$id"] {
            base = base.resolving(id)
            guard base.fragment?.isEmpty ?? true else {
                throw error("$id has no fragment; $anchor is for that", at: location.appending("$id"))
            }
            resource = nil
        }
        let current: Int
        if let resource { current = resource } else { current = try addResource(base, location, schema, parent) }
        resourcesByLocation[location] = current
        addAnchors(of: schema, at: location, resource: current)
        let keywords = resources[current].dialect.keywords
        for (keyword, child) in schema {
            guard let children = keywords[keyword]?.children else { continue }
            let place = location.appending(keyword)
            switch (children, child) {
            case (.one, _):
                try index(child, at: place, base: base, parent: current)
            case (.list, .array(let elements)):
                for (number, element) in elements.enumerated() {
                    try index(element, at: place.appending(String(number)), base: base, parent: current)
                }
            case (.map, .object(let members)):
                for (name, member) in members {
                    try index(member, at: place.appending(name), base: base, parent: current)
                }
            default: continue
            }
        }
    }

    private mutating func addResource(
        _ uri: SchemaURI, _ root: SchemaLocation, _ schema: JSONObject, _ parent: Int?
    ) throws(SchemaError) -> Int {
        let dialect = try dialect(of: schema, at: root, parent: parent)
        let number = resources.count
        resources.append(SchemaResource(uri: uri, root: root, dialect: dialect))
        if let other = resourcesByURI[uri.document], !uri.document.isEmpty, resources[other].root != root {
            throw error("Two schemas have the identifier \(uri.document)", at: root)
        }
        resourcesByURI[uri.document] = number
        return number
    }

    private mutating func addAnchors(of schema: JSONObject, at location: SchemaLocation, resource: Int) {
        if case .string(let name)? = schema["$anchor"] { resources[resource].anchors[name] = location }
        if case .string(let name)? = schema["$dynamicAnchor"] {
            resources[resource].anchors[name] = location
            resources[resource].dynamicAnchors[name] = location
        }
    }

    /// A resource without `$schema` speaks the dialect around it.
    private func dialect(
        of schema: JSONObject, at location: SchemaLocation, parent: Int?
    ) throws(SchemaError) -> SchemaDialect {
        guard case .string(let name)? = schema["$schema"] else {
            return parent.map { resources[$0].dialect } ?? .draft2020(assertsFormats: options.assertsFormats)
        }
        let uri = SchemaURI(name).document
        if uri == SchemaDialect.draft2020URI { return .draft2020(assertsFormats: options.assertsFormats) }
        guard let meta = remotes[uri] else {
            throw error("The dialect \(uri) is not supported; 2020-12 is", at: location.appending("$schema"))
        }
        guard case .object(let vocabularies)? = meta["$vocabulary"] else {
            return .draft2020(assertsFormats: options.assertsFormats)
        }
        guard let dialect = SchemaDialect.draft2020(vocabularies: vocabularies, assertsFormats: options.assertsFormats)
        else { throw error("The dialect \(uri) needs an unknown vocabulary", at: location.appending("$schema")) }
        return dialect
    }
}
