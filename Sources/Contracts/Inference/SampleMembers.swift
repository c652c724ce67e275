/// The objects seen in one place, and what each of their members was.
struct SampleMembers: Sendable {
    private struct Member: Sendable {
        var shape = SampleShape()
        /// Objects that had it.
        var presence = 0
    }

    /// Different names; the values of further ones are taken together, since such an object is a map.
    private static let mostNames = 1000

    private(set) var count = 0
    private var members: [String: Member] = [:]
    /// In the order in which they were first seen.
    private var names: [String] = []
    /// Values whose names were too many. An array of one or none.
    private var overflow: [SampleShape] = []

    mutating func add(_ object: JSONObject, depth: Int) {
        count += 1
        for (name, value) in object {
            if members[name] == nil {
                guard names.count < Self.mostNames else {
                    if overflow.isEmpty { overflow.append(SampleShape()) }
                    overflow[0].add(value, depth: depth)
                    continue
                }
                names.append(name)
            }
            members[name, default: Member()].shape.add(value, depth: depth)
            members[name]?.presence += 1
        }
    }

    mutating func merge(_ other: SampleMembers) {
        count += other.count
        for name in other.names {
            guard let theirs = other.members[name] else { continue }
            if members[name] == nil { names.append(name) }
            members[name, default: Member()].shape.merge(theirs.shape)
            members[name]?.presence += theirs.presence
        }
        for shape in other.overflow {
            if overflow.isEmpty { overflow.append(shape) } else { overflow[0].merge(shape) }
        }
    }

    func keywords() -> [(String, JSONValue)] {
        guard count > 0 else { return [] }
        if isMap {
            var values = overflow.first ?? SampleShape()
            for name in names { if let member = members[name] { values.merge(member.shape) } }
            return [("additionalProperties", values.schema(named: nil))]
        }
        guard !names.isEmpty else { return [] }
        var properties = JSONObject()
        for name in names { properties[name] = members[name]?.shape.schema(named: name) }
        let always = names.filter { members[$0]?.presence == count }
        guard count >= 2, !always.isEmpty else { return [("properties", .object(properties))] }
        return [("required", JSONValue(always)), ("properties", .object(properties))]
    }

    /// Whether the names are data and not words of the interface.
    private var isMap: Bool {
        guard overflow.isEmpty else { return true }
        guard !names.isEmpty else { return false }
        let data = names.count { SampleNames.isData($0) }
        if data * 5 >= names.count * 4 { return true }
        let presence = members.values.reduce(0) { $0 + $1.presence }
        return names.count > 50 && count >= 3 && presence * 5 < names.count * count
    }
}
