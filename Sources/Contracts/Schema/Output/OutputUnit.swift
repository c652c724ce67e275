/// What one schema or keyword said of one value.
struct OutputUnit {
    var isValid = true
    /// The way through the schema, references followed.
    let keywordLocation: String
    let absoluteLocation: String
    let instanceLocation: String
    var error: String?
    var annotation: JSONValue?
    var parts: [OutputUnit] = []

    /// The flat form: what failed, or what was told of a valid document.
    var list: JSONValue {
        var object: JSONObject = ["valid": .bool(isValid)]
        var units: [JSONValue] = []
        collect(&units)
        if !isValid || !units.isEmpty { object[isValid ? "annotations" : "errors"] = .array(units) }
        return .object(object)
    }

    private func collect(_ units: inout [JSONValue]) {
        if isValid ? annotation != nil : error != nil { units.append(.object(head)) }
        for part in parts where part.isValid == isValid { part.collect(&units) }
    }

    /// Without parts that say nothing, and with those that are alone in the place of what holds them.
    var folded: OutputUnit {
        var unit = self
        unit.parts = parts.compactMap { part in
            guard part.isValid == isValid else { return nil }
            let part = part.folded
            return part.saysSomething ? part : nil
        }
        return unit.parts.count == 1 && unit.error == nil && unit.annotation == nil ? unit.parts[0] : unit
    }

    private var saysSomething: Bool {
        !parts.isEmpty || error != nil || annotation != nil
    }

    /// The unit with its parts inside each other.
    var tree: JSONValue {
        var object = head
        if !parts.isEmpty {
            object[isValid ? "annotations" : "errors"] = .array(parts.map(\.tree))
        } else if !isValid, error == nil {
            object["error"] = "a part does not hold"
        }
        return .object(object)
    }

    private var head: JSONObject {
        var object: JSONObject = [
            "valid": .bool(isValid), "keywordLocation": .string(keywordLocation),
            "absoluteKeywordLocation": .string(absoluteLocation), "instanceLocation": .string(instanceLocation),
        ]
        if let error { object["error"] = .string(error) }
        if let annotation, isValid { object["annotation"] = annotation }
        return object
    }

    /// Nothing is told by what stands below a failure.
    mutating func dropAnnotations() {
        annotation = nil
        for index in parts.indices { parts[index].dropAnnotations() }
    }
}
