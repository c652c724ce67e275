extension SchemaEvaluator {
    /// Keywords that apply other schemas to the same value.
    mutating func evaluateCombination(
        _ step: SchemaStep, _ node: SchemaNode, _ place: Int, _ trace: inout SchemaTrace
    ) -> Bool {
        switch step.instruction {
        case .all(let numbers):
            var holds = true
            for number in numbers where !evaluate(number, place, &trace) {
                guard isCollecting else { return false }
                holds = false
            }
            return holds
        case .several(let parts):
            var holds = true
            for part in parts { holds = evaluate(part: part, of: step, node, place, &trace) && holds }
            return holds
        case .any(let numbers):
            let count = matches(numbers, place, &trace, enough: trace.isOn || known != nil ? Int.max : 1)
            return count > 0 || explain(numbers, step, node, place)
        case .one(let numbers):
            let count = matches(numbers, place, &trace, enough: 2)
            if count == 1 { return true }
            guard count > 1 else { return explain(numbers, step, node, place) }
            return fail(
                step.keyword, node, place, "the value fits several of the alternatives, not one",
                "exactly one of \(numbers.count) alternatives")
        case .not(let number):
            var own = SchemaTrace(isOn: false)
            guard holds(number, place, &own) else { return true }
            return fail(step.keyword, node, place, "the value is what it must not be", "something else")
        case .condition(let test, let then, let otherwise):
            var own = SchemaTrace(isOn: trace.isOn)
            let isMet = holds(test, place, &own)
            if isMet { trace.add(own) }
            return (isMet ? then : otherwise).map { evaluate($0, place, &trace) } ?? true
        default: return true
        }
    }

    /// How many of the schemas hold, counted up to `enough`.
    private mutating func matches(_ numbers: [Int], _ place: Int, _ trace: inout SchemaTrace, enough: Int) -> Int {
        var count = 0
        for number in numbers {
            var own = SchemaTrace(isOn: trace.isOn)
            guard holds(number, place, &own) else { continue }
            trace.add(own)
            count += 1
            if count >= enough { break }
        }
        return count
    }

    /// No alternative fits. When all but one are ruled out by the value's type (or a constant) alone, that one was
    /// meant, and its faults are told; otherwise that none fits.
    private mutating func explain(_ numbers: [Int], _ step: SchemaStep, _ node: SchemaNode, _ place: Int) -> Bool {
        guard isCollecting else { return false }
        let before = violations
        let here = pointer(generalised: false)
        var candidates: [[Violation]] = []
        for number in numbers {
            violations = []
            var own = SchemaTrace(isOn: false)
            _ = evaluate(number, place, &own)
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
            step.keyword, node, place, "the value fits none of the alternatives",
            "one of \(numbers.count) alternatives")
    }
}
