extension SchemaEvaluator {
    /// Keywords that apply other schemas to the same value.
    @inline(never)
    mutating func evaluateCombination(_ code: SchemaCode, _ index: Int, _ number: Int, _ place: Int) -> Bool {
        if code.c != SchemaCode.none, code.operation == .any || code.operation == .one, !isCollecting,
            nodes[place].kind == .object
        {
            return alternative(program.switches + Int(code.c), place).map { evaluate($0, place) } ?? false
        }
        switch code.operation {
        case .all:
            var holds = true
            for item in 0..<Int(code.b) where !evaluate(Int(program.lists[Int(code.a) + item]), place) {
                guard isCollecting else { return false }
                holds = false
            }
            return holds
        case .any:
            let count = matches(code, place, enough: isTracing || isNoting ? Int.max : 1)
            return count > 0 || explain(code, index, number, place)
        case .one:
            let count = matches(code, place, enough: 2)
            if count == 1 { return true }
            guard count > 1 else { return explain(code, index, number, place) }
            return fail(
                step: index, number, place, "the value fits several of the alternatives, not one",
                "exactly one of \(code.b) alternatives")
        case .not:
            let wasTracing = isTracing
            isTracing = false
            defer { isTracing = wasTracing }
            guard holds(Int(code.a), place) else { return true }
            return fail(
                step: index, number, place, "the value is what it must not be", "something else")
        case .condition:
            let next = holds(Int(code.a), place) ? code.b : code.c
            return next == SchemaCode.none || evaluate(Int(next), place)
        case .dynamicReference: return follow(dynamicTarget(code.b, or: code.a), index, number, place)
        default: return true
        }
    }

    /// The only alternative that an object can fit.
    private func alternative(_ choice: UnsafePointer<SchemaSwitch>, _ place: Int) -> Int? {
        let end = Int(nodes[place].link)
        let wanted = choice.pointee.name.entries
        var key = place + 1
        while key < end {
            let name = nodes[key]
            let start = text + Int(name.start)
            if !name.isDropped, choice.pointee.name.matches(wanted, name.link, start, name.length) {
                let value = nodes[key + 1]
                guard value.kind == .string else { return nil }
                let text = text + Int(value.start)
                let hash = JSONBytes.hash(text, Int(value.length))
                return choice.pointee.values.find(hash, text, value.length).map { Int($0.pointee.node) }
            }
            key = JSONTape.after(key + 1, nodes)
        }
        return nil
    }

    /// How many of the schemas hold, counted up to `enough`.
    private mutating func matches(_ code: SchemaCode, _ place: Int, enough: Int) -> Int {
        var count = 0
        for item in 0..<Int(code.b) where holds(Int(program.lists[Int(code.a) + item]), place) {
            count += 1
            if count >= enough { break }
        }
        return count
    }

    /// No alternative fits. When all but one are ruled out by the value's type (or a constant) alone, that one was
    /// meant, and its faults are told; otherwise that none fits.
    private mutating func explain(_ code: SchemaCode, _ index: Int, _ number: Int, _ place: Int) -> Bool {
        guard isCollecting else { return false }
        let before = violations
        let here = pointer(generalised: false)
        let wasTracing = isTracing
        isTracing = false
        defer { isTracing = wasTracing }
        var candidates: [[Violation]] = []
        for item in 0..<Int(code.b) {
            violations = []
            _ = evaluate(Int(program.lists[Int(code.a) + item]), place)
            let isRuledOut = violations.contains { violation in
                let pointer = violation.instancePointer
                switch violation.keyword {
                case "type": return pointer == here
                case "const", "enum": return pointer == here || pointer.split(separator: "/").count <= path.count + 1
                default: return false
                }
            }
            if !isRuledOut { candidates.append(violations) }
        }
        violations = before
        if candidates.count == 1 {
            violations += candidates[0]
            return false
        }
        return fail(
            step: index, number, place, "the value fits none of the alternatives",
            "one of \(code.b) alternatives")
    }
}
