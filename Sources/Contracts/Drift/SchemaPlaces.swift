/// Finds the parts of a schema that describe a place in its payloads.
struct SchemaPlaces {
    let root: JSONValue

    private static let deepest = 64

    /// The schemas of objects at a place of the payload, those that name members; `*` is any element.
    func objects(at tokens: [String]) -> [JSONPointer] {
        var places: Set<JSONPointer> = [JSONPointer()]
        for token in tokens {
            places = Set(places.flatMap { spread($0, depth: 0) }.flatMap { children(of: $0, token) })
        }
        let all = Set(places.flatMap { spread($0, depth: 0) })
        let naming = all.filter { root.value(at: $0)?["properties"] != nil }
        return (naming.isEmpty ? all.filter { isObject($0) } : naming).sorted { $0.description < $1.description }
    }

    func names(_ name: String, at place: JSONPointer) -> Bool {
        root.value(at: place)?["properties"]?[name] != nil
    }

    private func isObject(_ place: JSONPointer) -> Bool {
        guard let schema = root.value(at: place)?.objectValue, schema["$ref"] == nil else { return false }
        return schema["type"] == nil || schema["type"] == "object"
            || schema["type"]?.arrayValue?.contains("object") == true
    }

    /// The place and those whose schemas hold for the same value: what it refers to and its alternatives.
    private func spread(_ place: JSONPointer, depth: Int) -> [JSONPointer] {
        guard depth < Self.deepest, let schema = root.value(at: place)?.objectValue else { return [] }
        var places = [place]
        if case .string(let reference)? = schema["$ref"], reference.hasPrefix("#"),
            let target = SchemaURI(reference).decodedFragment.flatMap({ JSONPointer($0) })
        {
            places += spread(target, depth: depth + 1)
        }
        for keyword in ["allOf", "anyOf", "oneOf"] {
            for index in (schema[keyword]?.arrayValue ?? []).indices {
                places += spread(place.appending(keyword).appending(String(index)), depth: depth + 8)
            }
        }
        return places
    }

    private func children(of place: JSONPointer, _ token: String) -> [JSONPointer] {
        guard let schema = root.value(at: place)?.objectValue else { return [] }
        if schema["properties"]?[token] != nil { return [place.appending("properties").appending(token)] }
        if token == "*" {
            var places: [JSONPointer] = []
            for index in (schema["prefixItems"]?.arrayValue ?? []).indices {
                places.append(place.appending("prefixItems").appending(String(index)))
            }
            if schema["items"]?.objectValue != nil { places.append(place.appending("items")) }
            if schema["additionalProperties"]?.objectValue != nil {
                places.append(place.appending("additionalProperties"))
            }
            for (pattern, _) in schema["patternProperties"]?.objectValue?.entries ?? [] {
                places.append(place.appending("patternProperties").appending(pattern))
            }
            return places
        }
        for (pattern, _) in schema["patternProperties"]?.objectValue?.entries ?? [] {
            if let expression = try? RegularExpression(pattern), expression.isFound(in: token) {
                return [place.appending("patternProperties").appending(pattern)]
            }
        }
        return schema["additionalProperties"]?.objectValue != nil ? [place.appending("additionalProperties")] : []
    }
}
