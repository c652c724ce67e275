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

    /// Parts of the largest single type.
    static let largest = 20_000
    /// Parts that may be looked at while one contract is read.
    private static let budget = 2_000_000
    /// Types of one contract.
    static let most = 5_000
    private var left = budget
    private var opened = 0
    /// Whether the contract that is read says more than types are made of.
    private(set) var isSpent = false

    /// - Parameter reserved: names the output needs for itself.
    init(reserved: Set<String> = []) {
        names = TypeNames(reserved: reserved)
    }

    /// A free type name made of these words.
    mutating func claim(_ words: [String]) -> String {
        names.claim(TypeNames.pascal(words))
    }

    /// Begins a contract, with a whole budget.
    mutating func begin() {
        left = Self.budget
        opened = declarations.count
        isSpent = false
    }

    /// Takes a share of the budget; what is larger than a single type may be is not to be had.
    mutating func draw(_ count: Int) -> Bool {
        left -= count
        isSpent = isSpent || left < 0 || count > Self.largest
        return !isSpent
    }

    /// Declares a claimed name.
    mutating func declare(_ name: String, _ shape: TypeShape, about: String? = nil) {
        let isFitting = draw(shape.count(upTo: Self.largest + 1)) && declarations.count - opened < Self.most
        isSpent = isSpent || !isFitting
        let shape = isFitting ? shape : .any
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

    /// The plain shapes behind names and unions, each once; none where names only lead to each other.
    func choices(of shape: TypeShape) -> [TypeShape] {
        var found: [TypeShape] = []
        var seen: Set<String> = []
        var waiting = [shape]
        while let shape = waiting.popLast() {
            switch shape {
            case .union(let members): waiting += members.reversed()
            case .named(let name):
                if seen.insert(name).inserted { waiting.append(self.shape(named: name) ?? .any) }
            default: found.append(shape)
            }
        }
        return found
    }

    mutating func reshape(_ place: Int, _ shape: TypeShape) {
        declarations[place].shape = shape
    }

    func place(of name: String) -> Int? { places[name] }

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
}
