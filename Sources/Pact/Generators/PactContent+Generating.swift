import Contracts

extension PactContent {
    /// Fields and JSON content with generated values in the places of examples.
    func generated(_ ground: inout PactGround) -> PactContent {
        var content = self
        for entry in generators.headers { entry.fill(&content.headers, &ground) }
        guard !generators.body.isEmpty, case .present(let bytes, let type) = body,
            (self.type ?? MediaType.detect(bytes)).isJSON,
            var json = try? JSONValue.parse(bytes, limits: PactFileReader.limits)
        else { return content }
        for entry in generators.body {
            json = json.replacing(entry.path.tokens.dropFirst()) { entry.generator.value($0, &ground) }
        }
        content.body = .present(json.encoded(), type)
        return content
    }
}

extension PactRequest {
    /// The request as it is sent: with generated values in the places of examples.
    package func generated(_ ground: inout PactGround) -> PactRequest {
        var request = self
        request.content = content.generated(&ground)
        for entry in content.generators.query { entry.fill(&request.query, &ground) }
        if let path = content.generators.path?.value(.string(path), &ground) { request.path = path.plainText }
        return request
    }
}

extension PactResponse {
    /// The answer as it is given: with generated values in the places of examples.
    package func generated(_ ground: inout PactGround) -> PactResponse {
        var response = self
        response.content = content.generated(&ground)
        if let status = content.generators.status?.value(JSONValue(status), &ground)?.intValue {
            response.status = status
        }
        return response
    }
}

extension PactGenerators.Entry {
    /// Replaces the values of the name that the path begins with, or the one whose place it names.
    fileprivate func fill(_ values: inout PactValues, _ ground: inout PactGround) {
        guard path.tokens.count > 1, case .name(let wanted) = path.tokens[1],
            let entry = values.entries.first(where: { $0.name.lowercased() == wanted.lowercased() })
        else { return }
        for (index, value) in entry.values.enumerated() {
            if path.tokens.count > 2, path.tokens[2].fit(String(index)) == 0 { continue }
            guard let new = generator.value(.string(value), &ground) else { continue }
            values.set(entry.name, at: index, new.plainText)
        }
    }
}

extension JSONValue {
    /// With other values at every place that the path reaches; where the change is nil the value stays.
    func replacing(_ path: ArraySlice<PactPath.Token>, _ change: (JSONValue) -> JSONValue?) -> JSONValue {
        guard let token = path.first else { return change(self) ?? self }
        switch self {
        case .object(var object):
            for (name, value) in object.entries where token.fit(name) > 0 {
                object[name] = value.replacing(path.dropFirst(), change)
            }
            return .object(object)
        case .array(let elements):
            return .array(
                elements.enumerated().map { index, element in
                    token.fit(String(index)) > 0 ? element.replacing(path.dropFirst(), change) : element
                })
        default: return self
        }
    }
}
