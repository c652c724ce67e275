extension TypeBook {
    /// What fits both.
    func both(_ left: TypeShape, _ right: TypeShape, depth: Int = 0) -> TypeShape {
        if left == right || right == .any { return left }
        if left == .any { return right }
        guard depth < 24 else { return .any }
        switch (left, right) {
        case (.never, _), (_, .never): return .never
        case (.union(let members), let other), (let other, .union(let members)):
            return .either(members.map { both($0, other, depth: depth + 1) })
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

    private func both(_ left: TypeObject, _ right: TypeObject, depth: Int) -> TypeObject {
        var result = left
        for field in right.fields {
            if let place = result.fields.firstIndex(where: { $0.name == field.name }) {
                result.fields[place].shape = both(result.fields[place].shape, field.shape, depth: depth)
                result.fields[place].about = result.fields[place].about ?? field.about
            } else {
                result.fields.append(field)
            }
        }
        result.required += right.required.filter { !result.required.contains($0) }
        return result
    }

    private func literals(_ values: [JSONValue], _ other: TypeShape) -> TypeShape {
        let kept = values.filter { value in
            switch (other, value) {
            case (.literals(let others), _): others.contains(value)
            case (.string, .string), (.number, .number), (.boolean, .bool): true
            case (.integer, .number(let number)): number.isInteger
            default: false
            }
        }
        return kept.isEmpty ? .never : .literals(kept)
    }
}
