extension SchemaEvaluator {
    /// Keywords about strings, numbers, sizes and any value.
    @inline(__always)
    func evaluateValue(_ code: UnsafePointer<SchemaCode>, _ place: Int) -> Bool {
        let node = nodes[place]
        let code = code.pointee
        switch code.operation {
        case .never: return false
        case .size: return node.length >= code.a && node.length <= code.b
        case .characters:
            if node.isASCII { return node.length >= code.a && node.length <= code.b }
            let count = contents(place).reduce(0 as UInt32) { $1 & 0xC0 == 0x80 ? $0 : $0 &+ 1 }
            return count >= code.a && count <= code.b
        case .choice: return isChosen(program.choices + Int(code.a), place)
        case .bound: return isInBound(code, place)
        case .multiple: return isMultiple(code, place)
        case .pattern: return program.machines[Int(code.a)].isFound(in: contents(place), isASCII: node.isASCII)
        case .format: return SchemaFormat.accepts(code.a, contents(place))
        default: return true
        }
    }

    private func isChosen(_ choices: UnsafePointer<SchemaChoices>, _ place: Int) -> Bool {
        let node = nodes[place]
        let start = text + Int(node.start)
        switch node.kind {
        case .null, .true, .false: return choices.pointee.words.has(node.kind)
        case .string, .key:
            guard choices.pointee.hasStrings else { return false }
            let hash = node.kind == .key ? node.link : JSONBytes.hash(start, Int(node.length))
            return choices.pointee.strings.find(hash, start, node.length) != nil
        case .integer:
            if let integer = SmallDecimal.integer(start, Int(node.length)) {
                return choices.pointee.contains(integer)
            }
        default: break
        }
        guard choices.pointee.hasOthers || choices.pointee.integerCount > 0 else { return false }
        return isChosenSlowly(choices - program.choices, place)
    }

    /// By trees, for numbers that are not small and for containers.
    @inline(never)
    private func isChosenSlowly(_ number: Int, _ place: Int) -> Bool {
        program.slowChoices[number].contains(tape.value(at: place))
    }

    private func isInBound(_ code: SchemaCode, _ place: Int) -> Bool {
        let limit = program.limits[Int(code.a)]
        if let value = SmallDecimal(contents(place)), let order = value.compare(limit) {
            return SchemaBound.Kind.allows(code.b, order)
        }
        return program.bounds[Int(code.a)]?.allows(contents(place)) ?? true
    }

    private func isMultiple(_ code: SchemaCode, _ place: Int) -> Bool {
        if let value = SmallDecimal(contents(place)),
            let isMultiple = value.isMultiple(of: program.limits[Int(code.a)])
        {
            return isMultiple
        }
        return program.multiples[Int(code.a)]?.divides(contents(place)) ?? true
    }

    func isIntegral(_ place: Int) -> Bool {
        SchemaEvaluator.isIntegral(place, tape)
    }

    private static func isIntegral(_ place: Int, _ tape: JSONTape) -> Bool {
        tape.nodes[place].kind == .integer || JSONDecimal(tape.contents(place)).isInteger
    }

    /// The type's name; a number with an integral value is an `integer`.
    static func typeName(at place: Int, in tape: JSONTape) -> String {
        switch tape.nodes[place].kind {
        case .null: "null"
        case .true, .false: "boolean"
        case .string, .key: "string"
        case .array: "array"
        case .object: "object"
        case .integer, .number: isIntegral(place, tape) ? "integer" : "number"
        }
    }
}
