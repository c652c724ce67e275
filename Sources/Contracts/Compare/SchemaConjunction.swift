/// Schemas of one program that all hold for a value; none at all holds for every value.
struct SchemaConjunction: Hashable {
    private(set) var nodes: [Int]
    /// Lists of alternatives, by their steps, of which one was chosen and is among the nodes.
    private(set) var chosen: [Int] = []
    /// The types that are looked at, of all that the schemas allow.
    private(set) var types = SchemaTypes.everything.rawValue

    init(_ nodes: [Int]) {
        self.nodes = Array(Set(nodes)).sorted()
    }

    func replacingNodes(_ other: (Int) -> Int) -> SchemaConjunction {
        var copy = self
        copy.nodes = Array(Set(nodes.map(other))).sorted()
        return copy
    }

    func adding(_ node: Int) -> SchemaConjunction {
        guard !nodes.contains(node) else { return self }
        var copy = self
        copy.nodes = (nodes + [node]).sorted()
        return copy
    }

    func choosing(_ node: Int, of step: Int) -> SchemaConjunction {
        var copy = adding(node)
        copy.chosen = (chosen + [step]).sorted()
        return copy
    }

    func only(_ type: SchemaTypes) -> SchemaConjunction {
        var copy = self
        copy.types = type.rawValue
        return copy
    }
}

extension SchemaTypes {
    static let everything: SchemaTypes = [.null, .boolean, .object, .array, .number, .string]

    /// What both allow.
    func met(with other: SchemaTypes) -> SchemaTypes {
        var both = intersection(other).subtracting(.writtenInteger)
        if contains(.number), other.contains(.integer) { both.insert(.integer) }
        if contains(.integer), other.contains(.number) { both.insert(.integer) }
        if both.contains(.number) { both.remove(.integer) }
        if both.contains(.integer), isWritten || other.isWritten { both.insert(.writtenInteger) }
        return both
    }

    /// Integers must be written without a fraction.
    private var isWritten: Bool { contains(.integer) && !contains(.number) && contains(.writtenInteger) }

    /// Each type for itself.
    var each: [SchemaTypes] {
        var types: [SchemaTypes] = [.null, .boolean, .object, .array, .string].filter { contains($0) }
        if contains(.number) {
            types.append(.number)
        } else if contains(.integer) {
            types.append(contains(.writtenInteger) ? [.integer, .writtenInteger] : .integer)
        }
        return types
    }

    /// Whether every value of these types is one of the others.
    func isInside(_ other: SchemaTypes) -> Bool {
        each.allSatisfy { type in
            if type.contains(.integer), !other.contains(.number) {
                return other.contains(.integer) && (!other.isWritten || type.contains(.writtenInteger))
            }
            return other.contains(type.contains(.integer) ? .number : type)
        }
    }
}
