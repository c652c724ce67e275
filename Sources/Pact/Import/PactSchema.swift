package import Contracts
import Imports

/// The JSON Schema that an example comes to together with its rules.
///
/// The members of the example are required, since the consumer reads them, and others may come. Where a rule says what a
/// value may be, the schema says the same; where the example alone stands, its type is taken, because what other calls
/// of the operation give is not known.
package enum PactSchema {
    /// Nil where the content is no JSON.
    package static func schema(of content: PactContent) -> JSONValue? {
        guard case .present(let bytes, _) = content.body, (content.type ?? MediaType.detect(bytes)).isJSON,
            let example = try? JSONValue.parse(bytes, limits: PactFileReader.limits)
        else { return nil }
        return schema(example, RuleScope(content.rules.body))
    }

    static func schema(_ example: JSONValue, _ scope: RuleScope) -> JSONValue {
        let choice = scope.choice
        let rules = choice?.list.combination == .and ? choice?.list.rules ?? [] : []
        let isCascaded = choice?.isCascaded ?? false
        if case .object(let object) = example { return objectSchema(object, scope, rules, isCascaded) }
        if case .array(let elements) = example { return arraySchema(elements, scope, rules, isCascaded) }
        return rules.lazy.compactMap { $0.schema(example) }.first ?? typeSchema(example)
    }

    private static func objectSchema(_ object: JSONObject, _ scope: RuleScope, _ rules: [PactRule], _ isCascaded: Bool)
        -> JSONValue
    {
        if !isCascaded, let free = rules.first(where: \.isValues) {
            var inner = scope
            if case .eachValue(let rules) = free { inner = scope.only(rules) }
            let schemas = object.entries.map { schema($0.value, inner.child($0.key)) }
            guard let all = SchemaUnion.schema(schemas) else { return ["type": "object"] }
            return ["type": "object", "additionalProperties": all]
        }
        var properties: JSONObject = [:]
        for (name, value) in object { properties[name] = schema(value, scope.child(name)) }
        guard !properties.isEmpty else { return ["type": "object"] }
        return ["type": "object", "properties": .object(properties), "required": JSONValue(object.keys)]
    }

    private static func arraySchema(
        _ elements: [JSONValue], _ scope: RuleScope, _ rules: [PactRule], _ isCascaded: Bool
    ) -> JSONValue {
        var result: JSONObject = ["type": "array"]
        var inner = scope
        for rule in rules where !isCascaded {
            switch rule {
            case .type(let min, let max):
                if let min, min > 0 { result["minItems"] = JSONValue(min) }
                if let max { result["maxItems"] = JSONValue(max) }
            case .notEmpty: result["minItems"] = 1
            case .eachValue(let rules): inner = scope.only(rules)
            // Only some elements are like the variants.
            case .arrayContains: return .object(result)
            default: continue
            }
        }
        let schemas = elements.enumerated().map { schema($0.element, inner.child(String($0.offset))) }
        if let all = SchemaUnion.schema(schemas) { result["items"] = all }
        return .object(result)
    }

    static func typeSchema(_ example: JSONValue) -> JSONValue {
        switch example {
        case .number(let number) where !number.isDecimal: ["type": "integer"]
        default: ["type": .string(example.typeName)]
        }
    }

    /// The schema of a query: texts or lists of texts, all of them required.
    static func query(_ entries: [PactValues.Entry]) -> JSONValue {
        let text: JSONValue = ["type": "string"]
        let members = entries.map { entry -> (String, JSONValue) in
            (entry.name, entry.values.count == 1 ? text : ["type": "array", "items": text])
        }
        guard !members.isEmpty else { return ["type": "object"] }
        return [
            "type": "object", "properties": .object(JSONObject(members)), "required": JSONValue(entries.map(\.name)),
        ]
    }
}
