extension TypeBook {
    /// The member of that name: null where a value may lack it, unknown where nothing is said of it.
    func member(_ name: String, of shape: TypeShape) -> TypeShape {
        each(shape) { choice in
            switch choice {
            case .null: return .null
            case .map(let value): return value.orNull
            case .object(let object):
                guard let field = object.fields.first(where: { $0.name == name }) else { return .any }
                return object.isRequired(name) ? field.shape : field.shape.orNull
            default: return .any
            }
        }
    }

    /// The element at that place, counted from the end where it is negative.
    func element(_ place: Int, of shape: TypeShape) -> TypeShape {
        each(shape) { choice in
            switch choice {
            case .null: return .null
            case .list(let element, let minimum):
                let isThere = place >= 0 ? place < minimum : place >= -minimum
                return isThere ? element : element.orNull
            case .tuple(let elements, let rest):
                if elements.indices.contains(place) { return elements[place] }
                return TypeShape.either(elements + (rest.map { [$0] } ?? [])).orNull
            default: return .any
            }
        }
    }

    /// What iterating gives.
    func elements(of shape: TypeShape) -> TypeShape {
        each(shape) { choice in
            switch choice {
            case .list(let element, _): return element
            case .tuple(let elements, let rest): return .either(elements + (rest.map { [$0] } ?? []))
            case .map(let value): return value
            case .object(let object): return TypeShape.either(object.fields.map(\.shape)).orAny
            default: return .any
            }
        }
    }

    private func each(_ shape: TypeShape, _ part: (TypeShape) -> TypeShape) -> TypeShape {
        let choices = choices(of: shape)
        return choices.isEmpty ? .any : .either(choices.map(part))
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
