import Contracts
import Inventory
import Store

/// The JSON Schema of a recipe's input.
struct InputContract: Sendable {
    private static let shown = 20

    private let schema: Schema

    init(_ source: JSONSource) throws(RecipeFault) {
        guard let json = try? JSONValue.parse(source.text) else { throw RecipeFault("input is not valid JSON") }
        do throws(SchemaError) {
            schema = try Schema.compile(json)
        } catch {
            throw RecipeFault("input is not a JSON Schema: \(error)")
        }
    }

    /// Throws `input_invalid` with everything that is wrong, in words a user can read.
    func check(_ input: JSONValue) throws(Problem) {
        let violations = schema.validate(input)
        guard !violations.isEmpty else { return }
        throw Problem.inputInvalid(
            violations.prefix(Self.shown).map { violation in
                Problem.Fault(pointer: Self.pointer(violation), message: sentence(violation))
            })
    }

    /// A missing member is pointed at as if it were there: a form marks that field.
    private static func pointer(_ violation: Violation) -> String {
        guard let member = violation.member, violation.keyword.lowercased().hasSuffix("required") else {
            return violation.instancePointer
        }
        return violation.instancePointer + "/" + JSONPointer.escape(member)
    }

    private func sentence(_ violation: Violation) -> String {
        let name = name(of: Self.pointer(violation))
        switch violation.keyword {
        case "required", "dependentRequired": return "\(name) is missing."
        case "additionalProperties", "unevaluatedProperties", "propertyNames": return "\(name) is not known here."
        case "type": return "\(name) must be \(Self.kind(violation.expected))."
        case "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf":
            return "\(name) must be \(violation.expected)."
        case "minLength" where violation.expected == "at least 1 characters": return "\(name) must not be empty."
        case "minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties":
            return "\(name) must have \(violation.expected)."
        case "enum", "const": return "\(name) must be one of these: \(violation.expected)."
        case "format": return "\(name) is not a valid \(violation.expected)."
        default: return "\(name): \(violation.message)."
        }
    }

    /// The types of a schema in words a user knows.
    private static func kind(_ types: String) -> String {
        let words = types.split(separator: " ").map { word in
            switch word {
            case "string": "a text"
            case "number": "a number"
            case "integer": "a whole number"
            case "boolean": "yes or no"
            case "array": "a list"
            case "object": "an object"
            case "null": "empty"
            default: String(word)
            }
        }
        return words.joined(separator: " ")
    }

    /// What the schema calls the value there, else the name of the member.
    private func name(of pointer: String) -> String {
        let tokens = JSONPointer(pointer)?.tokens ?? []
        var place: JSONValue? = schema.json
        for token in tokens { place = place?["properties"]?[token] ?? place?["items"] }
        return place?["title"]?.stringValue ?? tokens.last.map { "\"\($0)\"" } ?? "The input"
    }
}
