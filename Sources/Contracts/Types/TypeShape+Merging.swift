extension TypeBook {
    /// What fits both; unknown, with a fault of the book, where it would be too large.
    mutating func both(_ left: TypeShape, _ right: TypeShape) -> TypeShape {
        if right == .any { return left }
        if left == .any { return right }
        let shape = both(left, right, depth: 0)
        return draw(shape.count(upTo: Self.largest + 1)) ? shape : .any
    }

    private mutating func both(_ left: TypeShape, _ right: TypeShape, depth: Int) -> TypeShape {
        if right == .any || left == right { return left }
        if left == .any { return right }
        guard depth < 24, draw(1) else { return .any }
        switch (left, right) {
        case (.never, _), (_, .never): return .never
        case (.union(let members), let other), (let other, .union(let members)):
            var met: [TypeShape] = []
            for member in members where !isSpent { met.append(both(member, other, depth: depth + 1)) }
            return .either(met)
        case (.named(let name), let other), (let other, .named(let name)):
            // A declaration that is still being read cannot be looked into.
            guard let shape = shape(named: name) else { return .named(name) }
            let met = both(shape, other, depth: depth + 1)
            return met == shape ? .named(name) : met
        case (.literals(let values), let other), (let other, .literals(let values)):
            return literals(values, other)
        case (.integer, .number), (.number, .integer): return .integer
        case (.object(let left), .object(let right)): return .object(both(left, right, depth: depth + 1))
        case (.object(let object), .map), (.map, .object(let object)): return .object(object)
        case (.map(let left), .map(let right)): return .map(both(left, right, depth: depth + 1))
        case (.list(let left, let low), .list(let right, let high)):
            return .list(both(left, right, depth: depth + 1), minimum: max(low, high))
        case (.tuple(let elements, let rest), .list), (.list, .tuple(let elements, let rest)):
            return .tuple(elements, rest: rest)
        default: return .never
        }
    }

    private mutating func both(_ left: TypeObject, _ right: TypeObject, depth: Int) -> TypeObject {
        var result = left
        var places = Dictionary(
            left.fields.enumerated().map { ($0.element.name, $0.offset) }, uniquingKeysWith: { first, _ in first })
        for field in right.fields {
            if let place = places[field.name] {
                result.fields[place].shape = both(result.fields[place].shape, field.shape, depth: depth)
                result.fields[place].about = result.fields[place].about ?? field.about
            } else {
                places[field.name] = result.fields.count
                result.fields.append(field)
            }
        }
        let known = Set(result.required)
        result.required += right.required.filter { !known.contains($0) }
        return result
    }

    private func literals(_ values: [JSONValue], _ other: TypeShape) -> TypeShape {
        var others: Set<JSONValue> = []
        if case .literals(let values) = other { others = Set(values) }
        let kept = values.filter { value in
            switch (other, value) {
            case (.literals, _): others.contains(value)
            case (.string, .string), (.number, .number), (.boolean, .bool): true
            case (.integer, .number(let number)): number.isInteger
            default: false
            }
        }
        return kept.isEmpty ? .never : .literals(kept)
    }
}
