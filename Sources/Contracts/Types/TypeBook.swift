/// The named types of one output, in the order they were first needed.
struct TypeBook {
    struct Declaration {
        let name: String
        var shape: TypeShape
        var about: String?
    }

    private(set) var declarations: [Declaration] = []
    private var names: TypeNames
    private var places: [String: Int] = [:]

    /// - Parameter reserved: names the output needs for itself.
    init(reserved: Set<String> = []) {
        names = TypeNames(reserved: reserved)
    }

    /// A free type name made of these words.
    mutating func claim(_ words: [String]) -> String {
        names.claim(TypeNames.pascal(words))
    }

    /// Declares a claimed name.
    mutating func declare(_ name: String, _ shape: TypeShape, about: String? = nil) {
        if let place = places[name] {
            declarations[place].shape = shape
            declarations[place].about = about ?? declarations[place].about
        } else {
            places[name] = declarations.count
            declarations.append(Declaration(name: name, shape: shape, about: about))
        }
    }

    func shape(named name: String) -> TypeShape? {
        places[name].map { declarations[$0].shape }
    }

    /// The shape behind names; `any` where names only lead to each other.
    func resolved(_ shape: TypeShape) -> TypeShape {
        var shape = shape
        var seen: Set<String> = []
        while case .named(let name) = shape {
            guard seen.insert(name).inserted, let next = self.shape(named: name) else { return .any }
            shape = next
        }
        return shape
    }

    /// Cuts declarations that are nothing but themselves by another name (`A = B`, `B = A | null`).
    mutating func cutCircles() {
        for place in declarations.indices {
            declarations[place].shape = cut(declarations[place].shape, inside: [declarations[place].name])
        }
    }

    private func cut(_ shape: TypeShape, inside names: Set<String>) -> TypeShape {
        switch shape {
        case .named(let name):
            if names.contains(name) { return .never }
            guard let next = self.shape(named: name) else { return .any }
            switch next {
            case .named, .union: return cut(next, inside: names.union([name])) == .never ? .never : shape
            default: return shape
            }
        case .union(let members):
            return .either(members.map { cut($0, inside: names) }).orAny
        default:
            return shape
        }
    }
}
