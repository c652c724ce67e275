/// The type of a jq program's result, for programs that pick and put together: paths, `.[]`, pipes, `//`, objects,
/// arrays and literals. Of all others nothing is known.
struct TypeProgram {
    /// `isMany`: the program gives any number of results of this shape.
    private struct Result {
        var shape: TypeShape
        var isMany = false
    }

    private let book: TypeBook
    private var text: Substring
    private var depth = 0

    private init(_ program: String, _ book: TypeBook) {
        text = program[...]
        self.book = book
    }

    /// Of the program's one result for an input of that shape.
    static func shape(of program: String, input: TypeShape, in book: TypeBook) -> TypeShape {
        var reader = TypeProgram(program, book)
        guard let result = reader.pipe(input), reader.atEnd(), !result.isMany else { return .any }
        return result.shape
    }

    private mutating func pipe(_ input: TypeShape) -> Result? {
        guard var result = alternative(input) else { return nil }
        while take("|") {
            guard let next = alternative(result.shape) else { return nil }
            result = Result(shape: next.shape, isMany: result.isMany || next.isMany)
        }
        return result
    }

    private mutating func alternative(_ input: TypeShape) -> Result? {
        guard var result = term(input) else { return nil }
        while take("//") {
            guard !result.isMany, let other = term(input), !other.isMany else { return nil }
            result.shape = .either([result.shape.withoutNull, other.shape])
        }
        return result
    }

    private mutating func term(_ input: TypeShape) -> Result? {
        guard depth < 64 else { return nil }
        depth += 1
        defer { depth -= 1 }
        skipSpace()
        guard let first = text.first else { return nil }
        var result: Result
        switch first {
        case ".": return path(input)
        case "{":
            guard let object = object(input) else { return nil }
            result = object
        case "[":
            text.removeFirst()
            if take("]") { return Result(shape: .list(.any)) }
            guard let inner = pipe(input), take("]") else { return nil }
            result = Result(shape: .list(inner.shape, minimum: inner.isMany ? 0 : 1))
        case "(":
            text.removeFirst()
            guard let inner = pipe(input), take(")") else { return nil }
            result = inner
        case "\"":
            guard string() != nil else { return nil }
            result = Result(shape: .string)
        case "0"..."9":
            let digits = text.prefix { $0.isNumber || $0 == "." }
            text.removeFirst(digits.count)
            result = Result(shape: digits.contains(".") ? .number : .integer)
        default:
            switch word() {
            case "null": result = Result(shape: .null)
            case "true", "false": result = Result(shape: .boolean)
            default: return nil
            }
        }
        return suffixes(&result) ? result : nil
    }

    /// `.`, `.a.b`, `.a[0]`, `.a[]`, `."odd name"`.
    private mutating func path(_ input: TypeShape) -> Result? {
        var result = Result(shape: input)
        text.removeFirst()
        if let name = key() { result.shape = book.member(name, of: input) }
        return suffixes(&result) ? result : nil
    }

    private mutating func suffixes(_ result: inout Result) -> Bool {
        while let next = text.first {
            switch next {
            case ".":
                text.removeFirst()
                if text.first == "[" { continue }
                guard let name = key() else { return false }
                result.shape = book.member(name, of: result.shape)
            case "[":
                text.removeFirst()
                if take("]") {
                    result = Result(shape: book.elements(of: result.shape), isMany: true)
                } else if text.first == "\"" {
                    guard let name = string(), take("]") else { return false }
                    result.shape = book.member(name, of: result.shape)
                } else {
                    let digits = text.prefix { $0.isNumber || $0 == "-" }
                    text.removeFirst(digits.count)
                    guard let place = Int(digits), take("]") else { return false }
                    result.shape = book.element(place, of: result.shape)
                }
            case "?":
                text.removeFirst()
            default:
                return true
            }
        }
        return true
    }

    private mutating func object(_ input: TypeShape) -> Result? {
        text.removeFirst()
        var object = TypeObject()
        if take("}") { return Result(shape: .object(object)) }
        repeat {
            skipSpace()
            guard let name = key() else { return nil }
            var value = Result(shape: book.member(name, of: input))
            if take(":") {
                guard let written = entry(input) else { return nil }
                value = written
            }
            guard !value.isMany else { return nil }
            object.fields.removeAll { $0.name == name }
            object.fields.append(TypeField(name: name, shape: value.shape))
            if !object.required.contains(name) { object.required.append(name) }
        } while take(",")
        guard take("}"), TypeShape.object(object).count(upTo: TypeBook.largest + 1) <= TypeBook.largest else {
            return nil
        }
        return Result(shape: .object(object))
    }

    /// The value of an object's entry: terms joined by pipes.
    private mutating func entry(_ input: TypeShape) -> Result? {
        guard var result = term(input) else { return nil }
        while take("|") {
            guard let next = term(result.shape) else { return nil }
            result = Result(shape: next.shape, isMany: result.isMany || next.isMany)
        }
        return result
    }

    private mutating func key() -> String? {
        if text.first == "\"" { return string() }
        return word()
    }

    private mutating func word() -> String? {
        guard let first = text.first, first == "_" || first.isLetter else { return nil }
        let word = text.prefix { $0 == "_" || $0.isLetter || $0.isNumber }
        text.removeFirst(word.count)
        return String(word)
    }

    /// A string without escapes.
    private mutating func string() -> String? {
        let content = text.dropFirst().prefix { $0 != "\"" && $0 != "\\" }
        let rest = text.dropFirst(content.count + 1)
        guard rest.first == "\"" else { return nil }
        text = rest.dropFirst()
        return String(content)
    }

    private mutating func take(_ mark: String) -> Bool {
        skipSpace()
        guard text.hasPrefix(mark) else { return false }
        text.removeFirst(mark.count)
        return true
    }

    private mutating func skipSpace() {
        text = text.drop { $0.isWhitespace }
    }

    private mutating func atEnd() -> Bool {
        skipSpace()
        return text.isEmpty
    }
}
