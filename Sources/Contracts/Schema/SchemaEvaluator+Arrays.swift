extension SchemaEvaluator {
    @inline(never)
    mutating func evaluateElements(_ code: SchemaCode, _ index: Int, _ number: Int, _ place: Int) -> Bool {
        let end = Int(nodes[place].link)
        let prefixCount = Int(code.b)
        var holds = true
        var element = place &+ 1
        var count = 0
        while element < end {
            if count < prefixCount {
                if isTracing { workspace.trace(element) }
                let target = Int(program.lists[Int(code.a) + count])
                holds = evaluate(target, inside: element, ~count) && holds
            } else {
                if code.c == SchemaCode.free { break }
                if isTracing { workspace.trace(element) }
                holds = evaluate(rest: code.c, element, count, index, number) && holds
            }
            if !holds, !isCollecting { return false }
            element = JSONTape.after(element, nodes)
            count &+= 1
        }
        return holds
    }

    /// An element that nothing else spoke of.
    @inline(__always)
    private mutating func evaluate(rest: UInt32, _ element: Int, _ count: Int, _ index: Int, _ number: Int) -> Bool {
        if rest < SchemaCode.forbidden { return evaluate(Int(rest), inside: element, ~count) }
        return rest == SchemaCode.free || failRest(element, count, index, number)
    }

    @inline(never)
    private mutating func failRest(_ element: Int, _ count: Int, _ index: Int, _ number: Int) -> Bool {
        guard isCollecting else { return false }
        path.append(.index(count))
        defer { path.removeLast() }
        return fail(
            step: index, number, element, "there are more elements than allowed", "no such element")
    }

    /// The rarer keywords.
    @inline(never)
    mutating func evaluateArray(_ code: SchemaCode, _ index: Int, _ number: Int, _ place: Int) -> Bool {
        switch code.operation {
        case .contains, .containsUntraced: return evaluateContains(code, index, number, place)
        case .unique: return evaluateUnique(index, number, place)
        default:
            var holds = true
            let traced = workspace.tracedCount
            markTraced(Mark.looked)
            for (count, element) in tape.elements(of: place).enumerated() where marks[element] & Mark.looked == 0 {
                holds = evaluate(rest: code.c, element, count, index, number) && holds
                if !holds, !isCollecting { break }
                workspace.trace(element)
            }
            unmarkTraced(Mark.looked, until: traced)
            return holds
        }
    }

    private mutating func evaluateContains(_ code: SchemaCode, _ index: Int, _ number: Int, _ place: Int) -> Bool {
        let wasTracing = isTracing
        var count = 0
        for element in tape.elements(of: place) {
            isTracing = false
            let isFound = holds(Int(code.a), element)
            isTracing = wasTracing
            guard isFound else { continue }
            count += 1
            if isTracing, code.operation == .contains { workspace.trace(element) }
        }
        if count < Int(code.b) {
            let phrase = "at least \(code.b) matching elements"
            return fail(
                step: index, keyword: code.b == 1 ? nil : "minContains", number, place, "there are not \(phrase)",
                phrase,
                seen: "\(count) of them")
        }
        if count > Int(code.c) {
            let phrase = "at most \(code.c) matching elements"
            return fail("maxContains", number, place, "there are not \(phrase)", phrase, seen: "\(count) of them")
        }
        return true
    }

    private mutating func evaluateUnique(_ index: Int, _ number: Int, _ place: Int) -> Bool {
        guard let (earlier, later) = SchemaUniqueness(tape: tape, workspace: workspace).equalElements(of: place) else {
            return true
        }
        return fail(
            step: index, number, place, "the elements \(earlier) and \(later) are equal",
            "elements that all differ", seen: "two equal elements")
    }
}
