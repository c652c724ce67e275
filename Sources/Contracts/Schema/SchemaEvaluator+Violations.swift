extension SchemaEvaluator {
    /// Keywords for whose faults a value's type says enough.
    private static let tellsType: Set<String> = ["type", "additionalProperties", "unevaluatedProperties"]

    /// The way to the present value as a JSON Pointer, with `*` for places in arrays and names that the schema does not
    /// give when generalised.
    func pointer(generalised: Bool) -> String {
        path.reduce(into: "") { text, step in
            switch step {
            case .name(let name): text += "/" + JSONPointer.escape(name)
            case .key(let name): text += generalised ? "/*" : "/" + JSONPointer.escape(name)
            case .index(let index): text += generalised ? "/*" : "/\(index)"
            }
        }
    }

    @inline(never)
    mutating func failType(_ entry: SchemaEntry, _ number: Int, _ place: Int) -> Bool {
        guard case .types(let types) = program.steps[Int(entry.typeStep)].instruction else { return false }
        let seen = SchemaEvaluator.typeName(at: place, in: tape)
        return fail("type", number, place, "\(types.phrase) is expected, not \(seen)", types.phrase)
    }

    /// What a keyword about strings, numbers, sizes or any value has to say.
    @inline(never)
    mutating func failValue(_ index: Int, _ number: Int, _ place: Int) -> Bool {
        guard isCollecting else { return false }
        let (message, expected) = words(program.steps[index].instruction, place)
        return fail(step: index, number, place, message, expected)
    }

    func words(_ instruction: SchemaInstruction, _ place: Int) -> (message: String, expected: String) {
        switch instruction {
        case .choice(let values):
            let message = values.count == 1 ? "another value is expected" : "the value is none of those allowed"
            return (message, shown(values))
        case .bound(let bound): return ("the number is not \(bound.phrase)", bound.phrase)
        case .multiple(let multiple):
            let phrase = "a multiple of \(multiple.divisor.text)"
            return ("the number is not \(phrase)", phrase)
        case .count(let count):
            let number =
                count.what == .characters
                ? contents(place).reduce(0) { $1 & 0xC0 == 0x80 ? $0 : $0 + 1 } : Int(nodes[place].length)
            return ("there are \(number) \(count.what.phrase), not \(count.phrase)", count.phrase)
        case .pattern(let expression):
            return ("the text does not match the pattern", "a text matching \(expression.text)")
        case .format(let format): return ("the text is no \(format.name)", format.name)
        default: return ("nothing is allowed here", "nothing")
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

    /// Notes a fault of the step's keyword, or of another of its group.
    mutating func fail(
        step: Int, keyword: String? = nil, _ number: Int, _ place: Int, _ message: @autoclosure () -> String,
        _ expected: @autoclosure () -> String, seen: @autoclosure () -> String? = nil, member: String? = nil
    ) -> Bool {
        guard isCollecting else { return false }
        let keyword = keyword ?? program.steps[step].keyword
        return fail(keyword, number, place, message(), expected(), seen: seen(), member: member)
    }

    /// Notes a fault when collecting; always false.
    @inline(never)
    mutating func fail(
        _ keyword: String, _ number: Int, _ place: Int, _ message: @autoclosure () -> String,
        _ expected: @autoclosure () -> String, seen: @autoclosure () -> String? = nil, member: String? = nil
    ) -> Bool {
        guard isCollecting else { return false }
        let location = program.nodes[number].location
        if violations.count + 1 >= SchemaEvaluator.violationLimit {
            // What is personal must be found to the end.
            guard personal == nil else { return false }
            isCollecting = false
        }
        violations.append(
            Violation(
                instancePointer: pointer(generalised: false), generalPointer: pointer(generalised: true),
                schemaPointer: keyword == "false" ? location : location + "/" + JSONPointer.escape(keyword),
                keyword: keyword, message: message(), expected: expected(),
                seen: seen() ?? self.seen(at: place, keyword), member: member))
        return false
    }

    /// The value in few words: no text of the document but a short word where only certain words are allowed.
    private func seen(at place: Int, _ keyword: String) -> String {
        let type = SchemaEvaluator.typeName(at: place, in: tape)
        switch nodes[place].kind {
        case _ where SchemaEvaluator.tellsType.contains(keyword):
            return type
        case .integer, .number:
            return tape.string(place)
        case .string, .key:
            let text = tape.string(place)
            if keyword == "enum" || keyword == "const", isWord(text) { return "\"\(text)\"" }
            return "string of \(text.unicodeScalars.count) characters"
        case .array:
            return "array of \(nodes[place].length) elements"
        default:
            return type
        }
    }

    /// Short, and of the characters that names of states and kinds are made of.
    private func isWord(_ text: String) -> Bool {
        text.utf8.count <= 24
            && text.utf8.allSatisfy { byte in
                (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A) || (byte >= 0x30 && byte <= 0x39)
                    || [UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: ".")].contains(byte)
            }
    }
}
