import Contracts

extension PactRule {
    /// The schema of values that meet the rule; nil where the rule says nothing a schema could.
    func schema(_ example: JSONValue) -> JSONValue? {
        switch self {
        case .regex(let pattern):
            guard example.stringValue != nil else { return PactSchema.typeSchema(example) }
            return ["type": "string", "pattern": .string(pattern.source)]
        case .type:
            // A rule for types takes any number for a number.
            return example.numberValue == nil ? PactSchema.typeSchema(example) : ["type": "number"]
        case .equality: return ["const": example]
        case .number: return ["type": "number"]
        case .integer: return ["type": "integer"]
        case .decimal: return ["type": "number"]
        case .boolean: return ["type": "boolean"]
        case .null: return ["type": "null"]
        case .moment(let form): return form.schema
        case .semver: return ["type": "string", "pattern": "^\\d+\\.\\d+\\.\\d+"]
        case .notEmpty where example.stringValue != nil: return ["type": "string", "minLength": 1]
        case .include, .contentType, .notEmpty, .statusCode, .values, .eachKey, .eachValue, .arrayContains, .unknown:
            return nil
        }
    }
}

extension PactMoment {
    /// As a format of JSON Schema where it is one.
    fileprivate var schema: JSONValue {
        switch text {
        case "yyyy-MM-dd": ["type": "string", "format": "date"]
        case "yyyy-MM-dd'T'HH:mm:ssXXX", "yyyy-MM-dd'T'HH:mm:ss.SSSXXX", "yyyy-MM-dd'T'HH:mm:ss'Z'":
            ["type": "string", "format": "date-time"]
        default: ["type": "string"]
        }
    }
}
