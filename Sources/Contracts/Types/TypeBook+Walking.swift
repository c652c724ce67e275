extension TypeBook {
    /// The member of that name: null where a value may lack it, unknown where nothing is said of it.
    func member(_ name: String, of shape: TypeShape) -> TypeShape {
        switch resolved(shape) {
        case .null: return .null
        case .map(let value): return value.orNull
        case .union(let members): return .either(members.map { member(name, of: $0) })
        case .object(let object):
            guard let field = object.fields.first(where: { $0.name == name }) else { return .any }
            return object.isRequired(name) ? field.shape : field.shape.orNull
        default: return .any
        }
    }

    /// The element at that place, counted from the end where it is negative.
    func element(_ place: Int, of shape: TypeShape) -> TypeShape {
        switch resolved(shape) {
        case .null: return .null
        case .list(let element, let minimum):
            let isThere = place >= 0 ? place < minimum : place >= -minimum
            return isThere ? element : element.orNull
        case .tuple(let elements, let rest):
            if elements.indices.contains(place) { return elements[place] }
            return TypeShape.either(elements + (rest.map { [$0] } ?? [])).orNull
        case .union(let members): return .either(members.map { element(place, of: $0) })
        default: return .any
        }
    }

    /// What iterating gives.
    func elements(of shape: TypeShape) -> TypeShape {
        switch resolved(shape) {
        case .list(let element, _): return element
        case .tuple(let elements, let rest): return .either(elements + (rest.map { [$0] } ?? []))
        case .map(let value): return value
        case .object(let object): return TypeShape.either(object.fields.map(\.shape)).orAny
        case .union(let members): return .either(members.map { elements(of: $0) })
        default: return .any
        }
    }

    func walk(_ path: JQPath, from shape: TypeShape) -> TypeShape {
        path.steps.reduce(shape) { shape, step in
            switch step {
            case .member(let name): member(name, of: shape)
            case .element(let place): element(place, of: shape)
            }
        }
    }
}
