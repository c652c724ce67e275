/// The declarations of a typed project as Swift can say them: every object, union and enumeration has a name of its own.
struct SwiftTypes {
    struct Field {
        let json: String
        let name: String
        var shape: TypeShape
        let isRequired: Bool
        let about: String?
    }

    enum Kind {
        case structure([Field])
        case choice([TypeShape])
        case texts([String])
        case integers([Int])
        case alias(TypeShape)
    }

    struct Declaration {
        let name: String
        let kind: Kind
        let about: String?
    }

    private(set) var declarations: [Declaration] = []
    private var book: TypeBook
    private var places: [String: Int] = [:]
    /// Choices that contain themselves other than in a list or map.
    private(set) var indirect: Set<String> = []

    init(_ needed: [TypeBook.Declaration], book: TypeBook) {
        self.book = book
        for declaration in needed { declare(declaration.name, declaration.shape, declaration.about) }
        indirect = Set(declarations.filter { isChoice($0) && reaches($0.name, from: $0.name) }.map(\.name))
    }

    func kind(of name: String) -> Kind? { places[name].map { declarations[$0].kind } }

    /// Whether a structure's field must be boxed, because the structure would contain itself.
    func mustBox(_ shape: TypeShape, in structure: String) -> Bool {
        inline(shape).contains { $0 == structure || reaches(structure, from: $0) }
    }

    private mutating func declare(_ name: String, _ shape: TypeShape, _ about: String?) {
        let place = declarations.count
        places[name] = place
        declarations.append(Declaration(name: name, kind: .alias(.any), about: about))
        declarations[place] = Declaration(name: name, kind: kind(shape, name), about: about)
    }

    private mutating func kind(_ shape: TypeShape, _ name: String) -> Kind {
        switch shape {
        case .object(let object) where !object.allFields.isEmpty:
            return .structure(fields(object, name))
        case .union(let members) where members.filter({ $0 != .null }).count > 1 && !shape.allowsNull:
            return .choice(members.enumerated().map { hoisted($1, [name, Self.word($1, $0)]) })
        case .literals(let values):
            if let texts = Self.texts(values) { return .texts(texts) }
            if let integers = Self.integers(values) { return .integers(integers) }
            return .alias(.any)
        default:
            return .alias(hoisted(shape, [name, "Item"], isRoot: true))
        }
    }

    private mutating func fields(_ object: TypeObject, _ owner: String) -> [Field] {
        var names = TypeNames(reserved: SwiftWords.members)
        // Swift takes texts that only differ in how accents are written for the same.
        var seen: Set<String> = []
        return object.allFields.filter { seen.insert($0.name).inserted }.map { field in
            Field(
                json: field.name, name: names.claim(TypeNames.camel(field.name)),
                shape: hoisted(field.shape, [owner, field.name]), isRequired: object.isRequired(field.name),
                about: field.about)
        }
    }

    /// The shape with a name in place of everything that Swift can only say by name.
    private mutating func hoisted(_ shape: TypeShape, _ words: [String], isRoot: Bool = false) -> TypeShape {
        switch shape {
        case .any, .never, .null, .boolean, .integer, .number, .string, .named: return shape
        case .list(let element, let minimum):
            return .list(hoisted(element, isRoot ? words : words + ["Item"]), minimum: minimum)
        case .tuple(let elements, let rest):
            let all = elements + (rest.map { [$0] } ?? [])
            let same = all.allSatisfy { $0 == all.first } ? all.first : nil
            return .list(hoisted(same ?? .any, words + ["Item"]))
        case .map(let value): return .map(hoisted(value, words + ["Value"]))
        case .object(let object) where object.allFields.isEmpty: return .map(.any)
        case .literals(let values) where Self.texts(values) == nil && Self.integers(values) == nil:
            return values.allSatisfy { $0.boolValue != nil } ? .boolean : .any
        case .union(let members) where shape.allowsNull:
            let rest = members.filter { $0 != .null }
            return hoisted(.either(rest), words).orNull
        case .object, .literals, .union:
            let name = book.claim(words)
            declare(name, shape, nil)
            return .named(name)
        }
    }

    private static func texts(_ values: [JSONValue]) -> [String]? {
        let texts = values.compactMap(\.stringValue)
        return texts.count == values.count && Set(texts).count == texts.count ? texts : nil
    }

    private static func integers(_ values: [JSONValue]) -> [Int]? {
        let integers = values.compactMap(\.intValue)
        return integers.count == values.count ? integers : nil
    }

    /// What tells a member of a choice from the others.
    static func word(_ shape: TypeShape, _ place: Int) -> String {
        switch shape {
        case .boolean: "bool"
        case .integer: "integer"
        case .number: "number"
        case .string: "string"
        case .list, .tuple: "list"
        case .map: "map"
        case .literals: "constant"
        case .named(let name): name
        default: "option\(place + 1)"
        }
    }

    private func isChoice(_ declaration: Declaration) -> Bool {
        if case .choice = declaration.kind { true } else { false }
    }

    /// Names that a value of that shape holds in itself, not in a list or map.
    private func inline(_ shape: TypeShape) -> [String] {
        switch shape {
        case .named(let name):
            guard case .alias(let inner)? = kind(of: name) else { return [name] }
            return inner == shape ? [] : inline(inner)
        case .union(let members): return members.flatMap(inline)
        default: return []
        }
    }

    private func reaches(_ target: String, from start: String) -> Bool {
        var open = [start]
        var seen: Set<String> = []
        while let name = open.popLast() {
            let next: [String]
            switch kind(of: name) {
            case .structure(let fields)?: next = fields.flatMap { inline($0.shape) }
            case .choice(let members)?: next = indirect.contains(name) ? [] : members.flatMap(inline)
            default: next = []
            }
            if next.contains(target) { return true }
            open += next.filter { seen.insert($0).inserted }
        }
        return false
    }

    /// Whether an alias leads back to itself through lists, maps and other aliases, which Swift does not allow.
    func isCircular(alias: String, through shape: TypeShape) -> Bool {
        var open = [shape]
        var seen: Set<String> = []
        while let shape = open.popLast() {
            if case .named(let name) = shape {
                if name == alias { return true }
                guard seen.insert(name).inserted, case .alias(let inner)? = kind(of: name) else { continue }
                open.append(inner)
            } else {
                open += shape.parts
            }
        }
        return false
    }
}
