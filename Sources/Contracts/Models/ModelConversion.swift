/// What a field's value may be made into; nothing is guessed: what has no exact counterpart is refused.
enum ModelConversion: String, Sendable {
    case string, number, integer, boolean

    var phrase: String {
        self == .integer ? "an integer" : "a \(rawValue)"
    }

    /// Nil when the value has no counterpart.
    func convert(_ value: JSONValue) -> JSONValue? {
        switch (self, value) {
        case (.string, .string), (.number, .number), (.boolean, .bool): value
        case (.string, .number(let number)): .string(number.text)
        case (.string, .bool(let value)): .string(value ? "true" : "false")
        case (.number, .string(let text)): JSONNumber(text: text).map(JSONValue.number)
        case (.integer, .number(let number)): integer(number)
        case (.integer, .string(let text)): JSONNumber(text: text).flatMap(integer)
        case (.number, .bool(let value)), (.integer, .bool(let value)): JSONValue(value ? 1 : 0)
        case (.boolean, _) where value == "true" || value == 1: JSONValue.bool(true)
        case (.boolean, _) where value == "false" || value == 0: JSONValue.bool(false)
        default: Optional<JSONValue>.none
        }
    }

    /// Written without fraction where it fits (`3.0` becomes `3`).
    private func integer(_ number: JSONNumber) -> JSONValue? {
        guard number.isInteger else { return Optional<JSONValue>.none }
        return .number(number.int.map { JSONNumber($0) } ?? number)
    }
}
