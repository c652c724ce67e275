extension SchemaEvaluator {
    /// Keywords about any value, and about strings and numbers.
    func evaluateOutcome(_ step: SchemaStep, _ place: Int) -> (message: String, expected: String)? {
        let kind = document.nodes[place].kind == .key ? .string : document.nodes[place].kind
        switch step.instruction {
        case .types(let types):
            guard !allows(types, place) else { return nil }
            return ("\(types.phrase) is expected, not \(typeName(at: place))", types.phrase)
        case .constant(let value):
            guard document.value(at: place) != value else { return nil }
            return ("another value is expected", shown([value]))
        case .enumeration(let enumeration):
            guard !enumeration.contains(document.value(at: place)) else { return nil }
            return ("the value is none of those allowed", shown(enumeration.values))
        case .bound(let bound) where kind == .number:
            guard !bound.allows(document.contents(at: place)) else { return nil }
            return ("the number is not \(bound.phrase)", bound.phrase)
        case .multiple(let multiple) where kind == .number:
            guard !multiple.divides(document.contents(at: place)) else { return nil }
            let phrase = "a multiple of \(multiple.divisor.text)"
            return ("the number is not \(phrase)", phrase)
        case .count(let count):
            guard let number = size(count.what, place), !count.allows(number) else { return nil }
            return ("there are \(number) \(count.what.phrase), not \(count.phrase)", count.phrase)
        case .pattern(let expression) where kind == .string:
            guard !expression.isFound(in: document.string(at: place)) else { return nil }
            return ("the text does not match the pattern", "a text matching \(expression.text)")
        case .format(let format) where kind == .string:
            guard !format.accepts(document.string(at: place)) else { return nil }
            return ("the text is no \(format.rawValue)", format.rawValue)
        default:
            return nil
        }
    }

    mutating func evaluateValue(_ step: SchemaStep, _ node: SchemaNode, _ place: Int) -> Bool {
        guard let (message, expected) = evaluateOutcome(step, place) else { return true }
        return fail(step.keyword, node, place, message, expected)
    }

    private func allows(_ types: SchemaTypes, _ place: Int) -> Bool {
        switch document.nodes[place].kind {
        case .null: types.contains(.null)
        case .true, .false: types.contains(.boolean)
        case .string, .key: types.contains(.string)
        case .array: types.contains(.array)
        case .object: types.contains(.object)
        case .number: types.contains(.number) || (types.contains(.integer) && isInteger(place))
        }
    }

    private func isInteger(_ place: Int) -> Bool {
        SchemaEvaluator.isInteger(place, in: document)
    }

    private static func isInteger(_ place: Int, in document: JSONDocument) -> Bool {
        let text = document.contents(at: place)
        return SmallInteger.read(text) != nil || JSONDecimal(text).isInteger
    }

    private func size(_ what: SchemaCount.What, _ place: Int) -> Int? {
        let value = document.nodes[place]
        switch (what, value.kind) {
        case (.characters, .string), (.characters, .key):
            return document.contents(at: place).reduce(0) { $1 & 0xC0 == 0x80 ? $0 : $0 + 1 }
        case (.elements, .array), (.members, .object): return Int(value.count)
        default: return nil
        }
    }

    func typeName(at place: Int) -> String {
        SchemaEvaluator.typeName(at: place, in: document)
    }

    /// The type's name; a number with an integral value is an `integer`.
    static func typeName(at place: Int, in document: JSONDocument) -> String {
        switch document.nodes[place].kind {
        case .null: "null"
        case .true, .false: "boolean"
        case .string, .key: "string"
        case .array: "array"
        case .object: "object"
        case .number: isInteger(place, in: document) ? "integer" : "number"
        }
    }

    private func shown(_ values: [JSONValue]) -> String {
        let texts = values.prefix(12).map { value in
            switch value {
            case .array, .object: value.typeName
            default: value.text
            }
        }
        return texts.joined(separator: ", ") + (values.count > 12 ? ", ..." : "")
    }
}
