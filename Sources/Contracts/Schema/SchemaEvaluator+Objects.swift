extension SchemaEvaluator {
    /// Keywords about objects; those about other things hold.
    mutating func evaluateObject(
        _ step: SchemaStep, _ node: SchemaNode, _ place: Int, _ trace: inout SchemaTrace
    ) -> Bool {
        switch step.instruction {
        case .members(let members): return evaluate(members, step, node, place, &trace)
        case .required(let names): return evaluate(required: names, because: nil, step, node, place)
        case .dependentRequired(let entries):
            var holds = true
            for entry in entries where document.member(entry.name, of: place) != nil {
                holds = evaluate(required: entry.needs, because: entry.name, step, node, place) && holds
            }
            return holds
        case .dependentSchemas(let entries):
            var holds = true
            for entry in entries where document.member(entry.name, of: place) != nil {
                holds = evaluate(entry.node, place, &trace) && holds
            }
            return holds
        case .propertyNames(let names):
            var holds = true
            for member in document.members(of: place) {
                holds = evaluate(names, at: member.key, .name(member.key)) && holds
                if !holds, !isCollecting { return false }
            }
            return holds
        case .unevaluatedMembers(let rest): return evaluate(unevaluatedMembers: rest, step, node, place, &trace)
        default: return true
        }
    }

    private mutating func evaluate(
        _ members: SchemaMembers, _ step: SchemaStep, _ node: SchemaNode, _ place: Int, _ trace: inout SchemaTrace
    ) -> Bool {
        var holds = true
        let isNaming = !members.names.isEmpty || !members.patterns.isEmpty
        if isNaming { known?.enter(place) }
        for member in document.members(of: place) {
            let name = document.contents(at: member.key)
            var isNamed = false
            if let node = members.node(hash: document.nodes[member.key].hash, bytes: name) {
                isNamed = true
                holds = evaluate(node, at: member.value, .name(member.key)) && holds
            }
            for pattern in members.patterns where pattern.expression.isFound(in: document.string(at: member.key)) {
                isNamed = true
                holds = evaluate(pattern.node, at: member.value, .name(member.key)) && holds
            }
            if isNamed {
                known?.add(member.value)
                trace.add(member.value)
            } else if members.hasRest {
                trace.add(member.value)
                if case .node = members.rest, !isNaming { known?.add(member.value) }
                holds = evaluate(members.rest, member, "additionalProperties", node) && holds
            }
            if !holds, !isCollecting { return false }
        }
        return holds
    }

    /// A member that nothing else spoke of.
    private mutating func evaluate(
        _ rest: SchemaRest, _ member: JSONDocument.Member, _ keyword: String, _ node: SchemaNode
    ) -> Bool {
        switch rest {
        case .free: return true
        case .node(let number):
            return evaluate(number, at: member.value, .name(member.key))
        case .forbidden:
            guard isCollecting else { return false }
            let name = document.string(at: member.key)
            path.append(.name(name))
            defer { path.removeLast() }
            return fail(
                keyword, node, member.value, "the member is not known and no others are allowed", "no such member",
                member: name)
        }
    }

    private mutating func evaluate(
        required names: [SchemaName], because reason: SchemaName?, _ step: SchemaStep, _ node: SchemaNode, _ place: Int
    ) -> Bool {
        var holds = true
        for name in names where document.member(name, of: place) == nil {
            guard isCollecting else { return false }
            let why = reason.map { ", which \($0.text) asks for" } ?? ""
            holds = fail(
                step.keyword, node, place, "the member \(name.text) is missing" + why, "a member \(name.text)",
                seen: "nothing", member: name.text)
        }
        return holds
    }

    private mutating func evaluate(
        unevaluatedMembers rest: SchemaRest, _ step: SchemaStep, _ node: SchemaNode, _ place: Int,
        _ trace: inout SchemaTrace
    ) -> Bool {
        var holds = true
        for member in document.members(of: place) where !trace.contains(member.value) {
            holds = evaluate(rest, member, step.keyword, node) && holds
            if !holds, !isCollecting { return false }
            trace.add(member.value)
        }
        return holds
    }
}
