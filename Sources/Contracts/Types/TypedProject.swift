import Inventory

/// What a typed client is written from: the operations and recipes of an inventory with the types of what goes in and
/// comes out.
struct TypedProject {
    struct TypedOperation {
        let provider: String
        let operation: Operation
        /// The members of the call's input: `path`, `query`, `body`.
        let input: TypeShape
        /// Whether the input must be given.
        let needsInput: Bool
        let answer: TypeShape
        /// `rents.list-areas`.
        var name: String { "\(provider).\(operation.name)" }
        var isWrite: Bool { operation.risk != .read }
        var isSlow: Bool { operation.latency == .slow }
    }

    struct TypedProvider {
        let name: String
        let title: String
        let about: String?
        let operations: [TypedOperation]
    }

    struct TypedRecipe {
        let recipe: Recipe
        let input: TypeShape
        let needsInput: Bool
    }

    private(set) var providers: [TypedProvider] = []
    private(set) var recipes: [TypedRecipe] = []
    private(set) var book: TypeBook

    /// - Parameter only: names of the providers wanted; nil: all, and the recipes.
    init(_ project: Project, only: Set<String>?, reserved: Set<String>) throws(TypeError) {
        book = TypeBook(reserved: reserved)
        for provider in project.providers where only?.contains(provider.name) ?? true {
            var operations: [TypedOperation] = []
            for operation in provider.operations { operations.append(try self.operation(operation, of: provider)) }
            providers.append(
                TypedProvider(
                    name: provider.name, title: provider.title, about: provider.about, operations: operations))
        }
        if only == nil { for recipe in project.recipes { recipes.append(try self.recipe(recipe)) } }
        book.cutCircles()
    }

    private mutating func operation(
        _ operation: Operation, of provider: Provider
    ) throws(TypeError) -> TypedOperation {
        let words = [provider.name, operation.name]
        var parts = TypeObject()
        func add(_ name: String, _ shape: TypeShape?, isRequired: Bool) {
            guard let shape else { return }
            parts.fields.append(TypeField(name: name, shape: shape))
            if isRequired { parts.required.append(name) }
        }
        let parameters = operation.path.parameters
        let path = try read(operation.request.path, words + ["path"], .request)
        let values = TypeObject(
            fields: parameters.map { TypeField(name: $0, shape: .either([.string, .number])) }, required: parameters)
        add("path", path ?? (parameters.isEmpty ? nil : .object(values)), isRequired: !parameters.isEmpty)
        if let query = try read(operation.request.query, words + ["query"], .request) {
            add("query", query, isRequired: hasRequired(query))
        } else {
            add("query", .map(.any), isRequired: false)
        }
        if let body = try read(operation.request.body, words + ["body"], .request) {
            add("body", body, isRequired: true)
        } else if !["GET", "HEAD", "DELETE", "OPTIONS"].contains(operation.method) {
            add("body", .any, isRequired: false)
        }
        let input = declared(.object(parts), words + ["input"])
        return TypedOperation(
            provider: provider.name, operation: operation, input: input, needsInput: !parts.required.isEmpty,
            answer: try answer(operation, words))
    }

    private mutating func answer(_ operation: Operation, _ words: [String]) throws(TypeError) -> TypeShape {
        let model = operation.model.flatMap { try? JSONValue.parse($0.text) }
        let contract = try read(operation.response, words + [model == nil ? "answer" : "payload"], .answer)
        guard let model else { return contract ?? .any }
        let shape = TypeModelReader(book: book, answer: contract ?? .any).shape(of: model)
        return declared(shape, words + ["answer"], about: operation.about)
    }

    private mutating func recipe(_ recipe: Recipe) throws(TypeError) -> TypedRecipe {
        guard let input = try read(recipe.input, [recipe.name, "input"], .request) else {
            return TypedRecipe(recipe: recipe, input: .map(.any), needsInput: false)
        }
        return TypedRecipe(recipe: recipe, input: input, needsInput: hasRequired(input))
    }

    /// Nil where there is no contract.
    private mutating func read(
        _ source: JSONSource?, _ words: [String], _ direction: SchemaOptions.Direction
    ) throws(TypeError) -> TypeShape? {
        guard let source else { return nil }
        guard let schema = try? JSONValue.parse(source.text) else { return .any }
        var reader = TypeReader(schema, words: words, direction: direction, book: &book)
        let shape = reader.declare(in: &book)
        guard !book.isSpent else { throw TypeError(subject: words.joined(separator: " "), file: source.file) }
        return shape
    }

    private mutating func declared(_ shape: TypeShape, _ words: [String], about: String? = nil) -> TypeShape {
        let name = book.claim(words)
        book.declare(name, shape, about: about)
        return .named(name)
    }

    private func hasRequired(_ shape: TypeShape) -> Bool {
        switch book.resolved(shape) {
        case .object(let object): !object.required.isEmpty
        case .map, .any: false
        default: true
        }
    }

    /// The declarations that an operation, a recipe or another such declaration names, in their order: a contract that
    /// only a model reads is left out.
    var neededDeclarations: [TypeBook.Declaration] {
        var needed: Set<String> = []
        var open = providers.flatMap { $0.operations.flatMap { [$0.input, $0.answer] } } + recipes.map(\.input)
        while let shape = open.popLast() {
            if case .named(let name) = shape {
                guard needed.insert(name).inserted, let next = book.shape(named: name) else { continue }
                open.append(next)
            } else {
                open += shape.parts
            }
        }
        return book.declarations.filter { needed.contains($0.name) }
    }
}

extension TypeShape {
    /// The shapes it is made of.
    var parts: [TypeShape] {
        switch self {
        case .any, .never, .null, .boolean, .integer, .number, .string, .literals, .named: []
        case .list(let element, _), .map(let element): [element]
        case .tuple(let elements, let rest): elements + (rest.map { [$0] } ?? [])
        case .object(let object): object.fields.map(\.shape)
        case .union(let members): members
        }
    }
}
