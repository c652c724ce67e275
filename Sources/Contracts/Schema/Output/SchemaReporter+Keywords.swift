extension SchemaReporter {
    /// What one step says: a unit for each keyword that was compiled into it.
    mutating func keyword(_ index: Int, _ number: Int, _ place: Int, _ looked: inout Looked) -> [OutputUnit] {
        let step = program.steps[index]
        let kind = tape.nodes[place].kind
        switch step.instruction {
        case .members(let members):
            return kind == .object ? self.members(members, number, place, &looked) : []
        case .elements(let prefix, let rest):
            return kind == .array ? elements(prefix, rest, step.keyword, number, place, &looked) : []
        case .dependentSchemas(let entries):
            return kind == .object ? dependents(entries, step.keyword, number, place, &looked) : []
        case .condition(let test, let then, let otherwise):
            return condition(test, then, otherwise, number, place, &looked)
        default: break
        }
        var unit = unit(step.keyword, number)
        switch step.instruction {
        case .types(let types):
            unit.isValid = evaluator.hasType(number, place)
            let seen = SchemaEvaluator.typeName(at: place, in: tape)
            if !unit.isValid { unit.error = "\(types.phrase) is expected, not \(seen)" }
        case .required(let names) where kind == .object:
            let missing = names.filter { evaluator.member($0, of: place) == nil }.map(\.text)
            unit.isValid = missing.isEmpty
            if !missing.isEmpty {
                let isOne = missing.count == 1
                unit.error =
                    "the member\(isOne ? "" : "s") \(missing.joined(separator: ", ")) \(isOne ? "is" : "are") missing"
            }
        case .dependentRequired(let entries) where kind == .object:
            for entry in entries where evaluator.member(entry.name, of: place) != nil {
                for need in entry.needs where evaluator.member(need, of: place) == nil {
                    unit.isValid = false
                    unit.error = "the member \(need.text) is missing, which \(entry.name.text) asks for"
                }
            }
        case .propertyNames(let node) where kind == .object:
            for member in tape.members(of: place) {
                var part = apply([step.keyword], node, inside: member.key, tape.string(member.key))
                // What is told of a name is not told of the value under it.
                part.dropAnnotations()
                add(part, to: &unit)
            }
        case .unique where kind == .array:
            let equal = SchemaUniqueness(tape: tape, workspace: evaluator.workspace).equalElements(of: place)
            unit.isValid = equal == nil
            if let (earlier, later) = equal { unit.error = "the elements \(earlier) and \(later) are equal" }
        case .contains(let node, let least, let most, let isTraced) where kind == .array:
            contains(node, least, most, isTraced, step.keyword, place, &looked, &unit)
        case .all(let nodes):
            for part in alternatives(nodes, step.keyword, place, &looked) { add(part, to: &unit) }
        case .any(let nodes), .one(let nodes):
            choose(nodes, step, place, &looked, &unit)
        case .not(let node):
            var ignored = Looked()
            let part = apply([step.keyword], node, place, &ignored)
            unit.parts = [part]
            unit.isValid = !part.isValid
            if part.isValid { unit.error = "the value is what it must not be" }
        case .reference(let node):
            add(follow(step.keyword, node, number, place, &looked), to: &unit)
        case .dynamicReference(let node, let anchor):
            add(follow(step.keyword, evaluator.target(of: anchor, or: node), number, place, &looked), to: &unit)
        case .unevaluatedMembers(let rest) where kind == .object:
            var names: [JSONValue] = []
            for member in tape.members(of: place) where !looked.contains(member.value) {
                let name = tape.string(member.key)
                names.append(.string(name))
                add(self.rest(rest, step.keyword, number, inside: member.value, name), to: &unit)
                looked.insert(member.value)
            }
            unit.annotation = names.isEmpty ? nil : .array(names)
        case .unevaluatedElements(let rest) where kind == .array:
            for (count, element) in tape.elements(of: place).enumerated() where !looked.contains(element) {
                add(self.rest(rest, step.keyword, number, inside: element, String(count)), to: &unit)
                looked.insert(element)
                unit.annotation = true
            }
        default: assertion(index, place, &unit)
        }
        return [unit]
    }

    /// Keywords about strings, numbers, sizes and choices.
    private func assertion(_ index: Int, _ place: Int, _ unit: inout OutputUnit) {
        let code = evaluator.codes + index
        guard code.pointee.isPlain, code.pointee.kinds.has(tape.nodes[place].kind) else { return }
        unit.isValid = evaluator.evaluateValue(code, place)
        if !unit.isValid { unit.error = evaluator.words(program.steps[index].instruction, place).message }
    }

    /// A part that must hold.
    private func add(_ part: OutputUnit, to unit: inout OutputUnit) {
        if !part.isValid { unit.isValid = false }
        unit.parts.append(part)
    }

    private mutating func members(
        _ members: SchemaMembers, _ number: Int, _ place: Int, _ looked: inout Looked
    ) -> [OutputUnit] {
        var named = unit("properties", number)
        var matched = unit("patternProperties", number)
        var others = unit("additionalProperties", number)
        var names: (named: [JSONValue], matched: [JSONValue], others: [JSONValue]) = ([], [], [])
        for member in tape.members(of: place) {
            let name = tape.string(member.key)
            var isNamed = false
            if let node = members.names.first(where: { $0.name.text == name })?.node {
                isNamed = true
                names.named.append(.string(name))
                add(apply(["properties", name], node, inside: member.value, name), to: &named)
            }
            for (expression, node) in members.patterns
            where expression.machine.isFound(in: tape.contents(member.key), isASCII: tape.nodes[member.key].isASCII) {
                if names.matched.last != .string(name) { names.matched.append(.string(name)) }
                isNamed = true
                add(
                    apply(["patternProperties", expression.text], node, inside: member.value, name), to: &matched)
            }
            if isNamed {
                looked.insert(member.value)
            } else if members.hasRest {
                looked.insert(member.value)
                names.others.append(.string(name))
                add(rest(members.rest, "additionalProperties", number, inside: member.value, name), to: &others)
            }
        }
        named.annotation = .array(names.named)
        matched.annotation = .array(names.matched)
        others.annotation = .array(names.others)
        var units: [OutputUnit] = []
        if !members.names.isEmpty { units.append(named) }
        if !members.patterns.isEmpty { units.append(matched) }
        if members.hasRest { units.append(others) }
        return units
    }

    /// A member or element that no other keyword spoke of.
    private mutating func rest(
        _ rest: SchemaRest, _ keyword: String, _ number: Int, inside place: Int, _ name: String
    ) -> OutputUnit {
        if case .node(let node) = rest { return apply([keyword], node, inside: place, name) }
        var unit = unit(keyword, number, of: name)
        if case .forbidden = rest {
            unit.isValid = false
            unit.error = "nothing else is allowed here"
        }
        return unit
    }

    private mutating func elements(
        _ prefix: [Int], _ rest: SchemaRest, _ keyword: String, _ number: Int, _ place: Int, _ looked: inout Looked
    ) -> [OutputUnit] {
        let isOlder = keyword == "items" && !prefix.isEmpty
        let restKeyword = isOlder ? "additionalItems" : "items"
        var first = unit(keyword, number)
        var others = unit(restKeyword, number)
        var count = 0
        for element in tape.elements(of: place) {
            if count < prefix.count {
                add(apply([keyword, String(count)], prefix[count], inside: element, String(count)), to: &first)
                looked.insert(element)
            } else {
                if case .free = rest { break }
                add(self.rest(rest, restKeyword, number, inside: element, String(count)), to: &others)
                looked.insert(element)
            }
            count += 1
        }
        let isWhole = count >= tape.nodes[place].length
        first.annotation =
            count == 0 ? nil : isWhole && count <= prefix.count ? true : .number(JSONNumber(prefix.count - 1))
        others.annotation = others.parts.isEmpty ? nil : true
        var units: [OutputUnit] = prefix.isEmpty ? [] : [first]
        if case .free = rest { return units }
        units.append(others)
        return units
    }

    private mutating func contains(
        _ node: Int, _ least: Int, _ most: Int?, _ isTraced: Bool, _ keyword: String, _ place: Int,
        _ looked: inout Looked, _ unit: inout OutputUnit
    ) {
        var found: [JSONValue] = []
        for (count, element) in tape.elements(of: place).enumerated() {
            let part = apply([keyword], node, inside: element, String(count))
            unit.parts.append(part)
            guard part.isValid else { continue }
            found.append(.number(JSONNumber(count)))
            if isTraced { looked.insert(element) }
        }
        unit.annotation = .array(found)
        unit.isValid = found.count >= least && found.count <= most ?? Int.max
        if !unit.isValid {
            unit.error =
                found.count < least
                ? "there are not at least \(least) matching elements"
                : "there are not at most \(most ?? 0) matching elements"
        }
    }

    private mutating func dependents(
        _ entries: [(name: SchemaName, node: Int)], _ keyword: String, _ number: Int, _ place: Int,
        _ looked: inout Looked
    ) -> [OutputUnit] {
        var unit = unit(keyword, number)
        for entry in entries where evaluator.member(entry.name, of: place) != nil {
            add(apply([keyword, entry.name.text], entry.node, place, &looked), to: &unit)
        }
        return [unit]
    }

    private mutating func condition(
        _ test: Int, _ then: Int?, _ otherwise: Int?, _ number: Int, _ place: Int, _ looked: inout Looked
    ) -> [OutputUnit] {
        var first = unit("if", number)
        let part = apply(["if"], test, place, &looked)
        first.parts = [part]
        guard let next = part.isValid ? then : otherwise else { return [first] }
        let keyword = part.isValid ? "then" : "else"
        var second = unit(keyword, number)
        add(apply([keyword], next, place, &looked), to: &second)
        return [first, second]
    }

    private mutating func alternatives(
        _ nodes: [Int], _ keyword: String, _ place: Int, _ looked: inout Looked
    ) -> [OutputUnit] {
        var units: [OutputUnit] = []
        for (count, node) in nodes.enumerated() {
            units.append(apply([keyword, String(count)], node, place, &looked))
        }
        return units
    }

    private mutating func choose(
        _ nodes: [Int], _ step: SchemaStep, _ place: Int, _ looked: inout Looked, _ unit: inout OutputUnit
    ) {
        unit.parts = alternatives(nodes, step.keyword, place, &looked)
        let count = unit.parts.count { $0.isValid }
        if case .one = step.instruction, count > 1 {
            unit.isValid = false
            unit.error = "the value fits several of the alternatives, not one"
        } else if count == 0 {
            unit.isValid = false
            unit.error = "the value fits none of the alternatives"
        }
    }
}
