/// What a value may look like, as far as a programming language's types can say it.
indirect enum TypeShape: Hashable {
    /// Nothing is known of it.
    case any
    /// No value fits.
    case never
    case null, boolean, integer, number, string
    /// One of these texts, numbers or truth values.
    case literals([JSONValue])
    /// At least so many elements, as far as it matters for the first.
    case list(TypeShape, minimum: Int)
    /// `rest`: what may follow; nil: nothing.
    case tuple([TypeShape], rest: TypeShape?)
    case map(TypeShape)
    case object(TypeObject)
    case union([TypeShape])
    /// A declaration of the `TypeBook`.
    case named(String)

    static func list(_ element: TypeShape) -> TypeShape { .list(element, minimum: 0) }

    /// The members as one shape: without doubles, nested unions and what another member covers.
    static func either(_ members: [TypeShape]) -> TypeShape {
        var flat: [TypeShape] = []
        var known: Set<TypeShape> = []
        var literals: [JSONValue] = []
        var knownLiterals: Set<JSONValue> = []
        func add(_ shape: TypeShape) {
            switch shape {
            case .never: break
            case .union(let inner): inner.forEach(add)
            case .literals(let values):
                if literals.isEmpty { flat.append(.literals([])) }
                literals += values.filter { knownLiterals.insert($0).inserted }
            default: if known.insert(shape).inserted { flat.append(shape) }
            }
        }
        members.forEach(add)
        if known.contains(.any) { return .any }
        let plain: [TypeShape] = [.string, .number, .integer, .boolean].filter(known.contains)
        literals.removeAll { value in plain.contains { $0.covers(value) } }
        if known.contains(.number) { flat.removeAll { $0 == .integer } }
        flat = flat.compactMap { $0 == .literals([]) ? (literals.isEmpty ? nil : .literals(literals)) : $0 }
        return flat.isEmpty ? .never : flat.count == 1 ? flat[0] : .union(flat)
    }

    /// This or null.
    var orNull: TypeShape { .either([self, .null]) }

    /// Whether null fits; what is unknown aside.
    var allowsNull: Bool {
        switch self {
        case .null: true
        case .union(let members): members.contains(.null)
        default: false
        }
    }

    var withoutNull: TypeShape {
        guard case .union(let members) = self else { return self }
        return .either(members.filter { $0 != .null })
    }

    /// Whether a plain value fits.
    func covers(_ value: JSONValue) -> Bool {
        switch (self, value) {
        case (.any, _): true
        case (.literals(let values), _): values.contains(value)
        case (.union(let members), _): members.contains { $0.covers(value) }
        case (.string, .string), (.number, .number), (.boolean, .bool): true
        case (.integer, .number(let number)): number.isInteger
        default: false
        }
    }

    /// The plain type of a value.
    static func of(_ value: JSONValue) -> TypeShape {
        switch value {
        case .null: .null
        case .bool: .boolean
        case .number(let number): number.isInteger ? .integer : .number
        case .string: .string
        case .array(let elements): .list(.either(elements.map(of)).orAny)
        case .object(let object):
            .object(
                TypeObject(
                    fields: object.entries.map { TypeField(name: $0.key, shape: of($0.value)) }, required: object.keys))
        }
    }

    /// The shapes, members and literals it is made of, itself included; counting ends at the limit.
    func count(upTo limit: Int) -> Int {
        var count = 0
        var waiting = [self]
        while count < limit, let shape = waiting.popLast() {
            count += 1
            switch shape {
            case .literals(let values): count += values.count
            case .object(let object):
                count += object.required.count
                waiting += object.fields.prefix(limit).map(\.shape)
            default: waiting += shape.parts.prefix(limit)
            }
        }
        return count
    }

    /// Unknown in place of impossible.
    var orAny: TypeShape { self == .never ? .any : self }
}

/// A named member of an object.
struct TypeField: Hashable {
    let name: String
    var shape: TypeShape
    var about: String?
}

/// An object by its known members; further ones may be there.
struct TypeObject: Hashable {
    var fields: [TypeField] = []
    /// Names that must be there, in order; also of members that are not among the fields.
    var required: [String] = []

    func isRequired(_ name: String) -> Bool { required.contains(name) }

    /// The fields with those that are only required.
    var allFields: [TypeField] {
        let known = Set(fields.map(\.name))
        var seen: Set<String> = []
        return fields
            + required.filter { !known.contains($0) && seen.insert($0).inserted }.map {
                TypeField(name: $0, shape: .any)
            }
    }
}
