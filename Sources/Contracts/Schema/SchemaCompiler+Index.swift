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
                resourcesByLocation[location] = try addResource(
                    base, location, SchemaDialect(options.draft, assertsFormats: options.assertsFormats))
            }
            return
        }
        let dialect = try dialect(of: schema, at: location, parent: parent)
        let draft = dialect.draft
        let isReference = draft.isReferenceAlone && schema["$ref"]?.stringValue != nil
        var base = base
        var resource = parent
        var anchor: String?
        if !isReference, let keyword = draft.identifier, case .string(let id)? = schema[keyword] {
            let identified = base.resolving(id)
            let fragment = identified.decodedFragment ?? ""
            if !fragment.isEmpty {
                guard draft.hasFragmentIdentifiers else {
                    throw error("$id has no fragment; $anchor is for that", at: location.appending("$id"))
                }
                anchor = fragment
            }
            if !id.hasPrefix("#") {
                base = identified
                resource = nil
            }
        }
        let current: Int
        if let resource { current = resource } else { current = try addResource(base, location, dialect) }
        resourcesByLocation[location] = current
        if let anchor { resources[current].anchors[anchor] = location }
        addAnchors(of: schema, at: location, resource: current)
        for (keyword, child) in schema {
            guard let children = dialect.keywords[keyword]?.children else { continue }
            try index(child, children, at: location.appending(keyword), base: base, parent: current)
        }
    }

    /// The subschemas of one keyword.
    private mutating func index(
        _ child: JSONValue, _ children: SchemaDialect.Children, at place: SchemaLocation, base: SchemaURI, parent: Int
    ) throws(SchemaError) {
        switch (children, child) {
        case (.one, _):
            try index(child, at: place, base: base, parent: parent)
        case (.list, .array(let elements)), (.oneOrList, .array(let elements)):
            for (number, element) in elements.enumerated() {
                try index(element, at: place.appending(String(number)), base: base, parent: parent)
            }
        case (.oneOrList, _):
            try index(child, at: place, base: base, parent: parent)
        case (.map, .object(let members)):
            for (name, member) in members {
                try index(member, at: place.appending(name), base: base, parent: parent)
            }
        case (.mapOfSome, .object(let members)):
            for (name, member) in members where member.arrayValue == nil && member.stringValue == nil {
                try index(member, at: place.appending(name), base: base, parent: parent)
            }
        default: return
        }
    }

    private mutating func addResource(
        _ uri: SchemaURI, _ root: SchemaLocation, _ dialect: SchemaDialect
    ) throws(SchemaError) -> Int {
        let number = resources.count
        resources.append(SchemaResource(uri: uri, root: root, dialect: dialect))
        if let other = resourcesByURI[uri.document], !uri.document.isEmpty, resources[other].root != root {
            throw error("Two schemas have the identifier \(uri.document)", at: root)
        }
        resourcesByURI[uri.document] = number
        return number
    }

    private mutating func addAnchors(of schema: JSONObject, at location: SchemaLocation, resource: Int) {
        let draft = resources[resource].dialect.draft
        guard draft != .draft4, draft != .draft6, draft != .draft7, draft != .openAPI30 else { return }
        if case .string(let name)? = schema["$anchor"] { resources[resource].anchors[name] = location }
        if draft == .draft2019 {
            if schema["$recursiveAnchor"] == true, resources[resource].root == location {
                resources[resource].dynamicAnchors[""] = location
            }
        } else if case .string(let name)? = schema["$dynamicAnchor"] {
            resources[resource].anchors[name] = location
            resources[resource].dynamicAnchors[name] = location
        }
    }

    /// Whether the place is the root of a resource that says `$recursiveAnchor`.
    func isRecursive(_ location: SchemaLocation) -> Bool {
        resourcesByLocation[location].map { resources[$0].dynamicAnchors[""] == location } ?? false
    }

    /// A resource without `$schema` speaks the dialect around it.
    private func dialect(
        of schema: JSONObject, at location: SchemaLocation, parent: Int?
    ) throws(SchemaError) -> SchemaDialect {
        guard case .string(let name)? = schema["$schema"] else {
            return parent.map { resources[$0].dialect }
                ?? SchemaDialect(options.draft, assertsFormats: options.assertsFormats)
        }
        let uri = SchemaURI(name).document
        if let draft = SchemaDraft(uri: uri) { return SchemaDialect(draft, assertsFormats: options.assertsFormats) }
        guard let meta = remotes[uri] else {
            throw error("The dialect \(uri) is not known", at: location.appending("$schema"))
        }
        let base = meta["$schema"]?.stringValue.flatMap { SchemaDraft(uri: SchemaURI($0).document) } ?? .draft2020
        guard case .object(let vocabularies)? = meta["$vocabulary"] else {
            return SchemaDialect(base, assertsFormats: options.assertsFormats)
        }
        guard
            let dialect = SchemaDialect(
                vocabularies: vocabularies, draft: base, assertsFormats: options.assertsFormats)
        else { throw error("The dialect \(uri) needs an unknown vocabulary", at: location.appending("$schema")) }
        return dialect
    }
}
