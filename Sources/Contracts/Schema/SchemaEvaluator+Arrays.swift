extension SchemaEvaluator {
    /// Keywords about arrays; those about other things hold.
    mutating func evaluateArray(
        _ step: SchemaStep, _ node: SchemaNode, _ place: Int, _ trace: inout SchemaTrace
    ) -> Bool {
        switch step.instruction {
        case .elements(let prefix, let rest):
            var holds = true
            for (index, element) in document.elements(of: place).enumerated() {
                if index < prefix.count {
                    trace.add(element)
                    holds = evaluate(prefix[index], at: element, .index(index)) && holds
                } else {
                    if case .free = rest { break }
                    trace.add(element)
                    holds = evaluate(rest, element, index, step.keyword, node) && holds
                }
                if !holds, !isCollecting { return false }
            }
            return holds
        case .contains(let number, let least, let most):
            return evaluate(contains: number, least, most, step, node, place, &trace)
        case .unique: return evaluateUnique(step, node, place)
        case .unevaluatedElements(let rest):
            var holds = true
            for (index, element) in document.elements(of: place).enumerated() where !trace.contains(element) {
                holds = evaluate(rest, element, index, step.keyword, node) && holds
                if !holds, !isCollecting { return false }
                trace.add(element)
            }
            return holds
        default: return true
        }
    }

    /// An element that nothing else spoke of.
    private mutating func evaluate(
        _ rest: SchemaRest, _ element: Int, _ index: Int, _ keyword: String, _ node: SchemaNode
    ) -> Bool {
        switch rest {
        case .free: return true
        case .node(let number): return evaluate(number, at: element, .index(index))
        case .forbidden:
            guard isCollecting else { return false }
            path.append(.index(index))
            defer { path.removeLast() }
            return fail(keyword, node, element, "there are more elements than allowed", "no such element")
        }
    }

    private mutating func evaluate(
        contains number: Int, _ least: Int, _ most: Int?, _ step: SchemaStep, _ node: SchemaNode, _ place: Int,
        _ trace: inout SchemaTrace
    ) -> Bool {
        var count = 0
        for element in document.elements(of: place) {
            var own = SchemaTrace(isOn: false)
            guard holds(number, element, &own) else { continue }
            count += 1
            trace.add(element)
        }
        if count < least {
            let phrase = "at least \(least) matching elements"
            return fail(
                least == 1 ? step.keyword : "minContains", node, place, "there are not \(phrase)", phrase,
                seen: "\(count) of them")
        }
        if let most, count > most {
            let phrase = "at most \(most) matching elements"
            return fail("maxContains", node, place, "there are not \(phrase)", phrase, seen: "\(count) of them")
        }
        return true
    }

    private mutating func evaluateUnique(_ step: SchemaStep, _ node: SchemaNode, _ place: Int) -> Bool {
        var seen: [JSONValue: Int] = [:]
        for (index, element) in document.elements(of: place).enumerated() {
            guard let earlier = seen.updateValue(index, forKey: document.value(at: element)) else { continue }
            return fail(
                step.keyword, node, place, "the elements \(earlier) and \(index) are equal", "elements that all differ",
                seen: "two equal elements")
        }
        return true
    }
}
