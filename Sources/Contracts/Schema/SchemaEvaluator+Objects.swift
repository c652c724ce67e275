extension SchemaEvaluator {
    @inline(__always)
    private mutating func enter(_ place: Int) {
        guard marks[place] & Mark.entered == 0 else { return }
        marks[place] |= Mark.entered
        undeclared &+= Int(nodes[place].length)
    }

    @inline(__always)
    private mutating func know(_ value: Int) {
        guard marks[value] & Mark.known == 0 else { return }
        marks[value] |= Mark.known
        undeclared &-= 1
    }

    /// `properties` and its companions. When nothing is collected, `required` is decided as well.
    @inline(__always)
    mutating func evaluateMembers(_ table: UnsafePointer<SchemaMemberTable>, _ number: Int, _ place: Int) -> Bool {
        if isCollecting || isTracing || table.pointee.patternCount > 0 {
            return evaluateMembersCarefully(table, number, place)
        }
        return evaluateMembersQuickly(table, place)
    }

    /// The usual case: nothing is kept but what drift asks for.
    @inline(never)
    private mutating func evaluateMembersQuickly(_ table: UnsafePointer<SchemaMemberTable>, _ place: Int) -> Bool {
        let table = table.pointee
        let names = table.names
        let rest = table.rest
        let isNoting = isNoting && table.isNaming
        let end = Int(nodes[place].link)
        var found: UInt64 = 0
        var key = place &+ 1
        var expected = names.entries
        if isNoting { enter(place) }
        while key < end {
            let value = key &+ 1
            let name = nodes + key
            if !name.pointee.isDropped {
                let bytes = text + Int(name.pointee.start)
                let entry =
                    names.matches(expected, name.pointee.link, bytes, name.pointee.length)
                    ? expected : names.find(name.pointee.link, bytes, name.pointee.length)
                var node = rest
                var isKnown = table.knowsAll
                if let entry {
                    found |= entry.pointee.required
                    expected = entry + 1
                    if entry.pointee.node >= 0 {
                        node = UInt32(bitPattern: entry.pointee.node)
                        isKnown = true
                    }
                }
                if node < SchemaCode.forbidden {
                    let child = entries + Int(node)
                    if !(child.pointee.isLeaf && child.pointee.kinds.has(nodes[value].kind)),
                        !evaluateFully(Int(node), value)
                    {
                        return false
                    }
                } else if node == SchemaCode.forbidden {
                    return false
                }
                if isNoting, isKnown { know(value) }
            }
            key = JSONTape.after(value, nodes)
        }
        return found == table.required
    }

    @inline(never)
    private mutating func evaluateMembersCarefully(
        _ table: UnsafePointer<SchemaMemberTable>, _ number: Int, _ place: Int
    ) -> Bool {
        let names = table.pointee.names
        let isNoting = isNoting && table.pointee.isNaming
        if isNoting { enter(place) }
        let end = Int(nodes[place].link)
        var holds = true
        var found: UInt64 = 0
        var key = place &+ 1
        while key < end {
            let name = nodes[key]
            let value = key &+ 1
            let next = JSONTape.after(value, nodes)
            if name.isDropped {
                key = next
                continue
            }
            var isNamed = false
            if let entry = names.find(name.link, text + Int(name.start), name.length) {
                found |= entry.pointee.required
                if entry.pointee.node >= 0 {
                    isNamed = true
                    holds = evaluate(Int(entry.pointee.node), inside: value, key) && holds
                }
            }
            if table.pointee.patternCount > 0 {
                holds = evaluatePatterns(table, key, &isNamed) && holds
            }
            if isNamed {
                if isNoting { know(value) }
                if isTracing { workspace.trace(value) }
            } else if table.pointee.hasRest {
                if isNoting, table.pointee.knowsAll { know(value) }
                if isTracing { workspace.trace(value) }
                holds = evaluate(rest: table.pointee.rest, key, "additionalProperties", number) && holds
            }
            if !holds, !isCollecting { return false }
            key = next
        }
        return isCollecting ? holds : found == table.pointee.required
    }

    private mutating func evaluatePatterns(
        _ table: UnsafePointer<SchemaMemberTable>, _ key: Int, _ isNamed: inout Bool
    ) -> Bool {
        var holds = true
        for index in 0..<table.pointee.patternCount {
            let pattern = table.pointee.patterns[index]
            guard program.machines[Int(pattern.machine)].isFound(in: contents(key), isASCII: nodes[key].isASCII)
            else { continue }
            isNamed = true
            isKey = true
            holds = evaluate(Int(pattern.node), inside: key + 1, key) && holds
            isKey = false
        }
        return holds
    }

    /// A member that nothing else spoke of.
    private mutating func evaluate(rest: UInt32, _ key: Int, _ keyword: String, _ number: Int) -> Bool {
        if rest == SchemaCode.free { return true }
        if rest != SchemaCode.forbidden {
            isKey = true
            defer { isKey = false }
            return evaluate(Int(rest), inside: key + 1, key)
        }
        guard isCollecting else { return false }
        let name = tape.string(key)
        path.append(.name(name))
        defer { path.removeLast() }
        return fail(
            keyword, number, key + 1, "the member is not known and no others are allowed", "no such member",
            member: name)
    }

    /// The place of the member's value.
    func member(_ name: SchemaName, of object: Int) -> Int? {
        let end = Int(nodes[object].link)
        var key = object + 1
        while key < end {
            let node = nodes[key]
            if node.link == name.hash, !node.isDropped, contents(key).elementsEqual(name.bytes) { return key + 1 }
            key = JSONTape.after(key + 1, nodes)
        }
        return nil
    }

    @inline(never)
    mutating func evaluateRequired(_ code: SchemaCode, _ index: Int, _ number: Int, _ place: Int) -> Bool {
        if !isCollecting, code.c == 0 {
            let table = program.tables + Int(code.a)
            var found: UInt64 = 0
            let end = Int(nodes[place].link)
            var key = place + 1
            while key < end {
                let name = nodes[key]
                if let entry = table.pointee.names.find(name.link, text + Int(name.start), name.length) {
                    found |= entry.pointee.required
                }
                key = JSONTape.after(key + 1, nodes)
            }
            return found == table.pointee.required
        }
        guard case .required(let names) = program.steps[index].instruction else { return true }
        return evaluate(required: names, because: nil, index, number, place)
    }

    /// The rarer keywords.
    @inline(never)
    mutating func evaluateObject(_ code: SchemaCode, _ index: Int, _ number: Int, _ place: Int) -> Bool {
        var holds = true
        switch program.steps[index].instruction {
        case .dependentRequired(let entries):
            for entry in entries where member(entry.name, of: place) != nil {
                holds = evaluate(required: entry.needs, because: entry.name, index, number, place) && holds
            }
        case .dependentSchemas(let entries):
            for entry in entries where member(entry.name, of: place) != nil {
                holds = evaluate(entry.node, place) && holds
            }
        case .propertyNames:
            for member in tape.members(of: place) {
                isKey = true
                holds = evaluate(Int(code.a), inside: member.key, member.key) && holds
                isKey = false
                if !holds, !isCollecting { return false }
            }
        case .unevaluatedMembers:
            let traced = workspace.tracedCount
            markTraced(Mark.looked)
            for member in tape.members(of: place) where marks[member.value] & Mark.looked == 0 {
                holds = evaluate(rest: code.c, member.key, program.steps[index].keyword, number) && holds
                if !holds, !isCollecting { break }
                workspace.trace(member.value)
            }
            unmarkTraced(Mark.looked, until: traced)
        default: break
        }
        return holds
    }

    private mutating func evaluate(
        required names: [SchemaName], because reason: SchemaName?, _ index: Int, _ number: Int, _ place: Int
    ) -> Bool {
        var holds = true
        for name in names where member(name, of: place) == nil {
            guard isCollecting else { return false }
            let why = reason.map { ", which \($0.text) asks for" } ?? ""
            holds = fail(
                step: index, number, place, "the member \(name.text) is missing" + why,
                "a member \(name.text)", seen: "nothing", member: name.text)
        }
        return holds
    }

    /// Marks what the present value's keywords have looked at.
    func markTraced(_ mark: UInt8) {
        for index in traceStart..<max(workspace.tracedCount, traceStart) { marks[Int(workspace.traced[index])] |= mark }
    }

    func unmarkTraced(_ mark: UInt8, until end: Int) {
        for index in traceStart..<max(end, traceStart) { marks[Int(workspace.traced[index])] &= ~mark }
    }
}
