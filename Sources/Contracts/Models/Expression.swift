/// A JSON tree whose strings may hold pieces of jq: `"${ .input.office }"`.
///
/// A string that is exactly one piece stands for the piece's value as it is; otherwise the values are put into the
/// text, strings raw, null as nothing, anything else as compact JSON. Member names are never looked into. `$${` is
/// written for a literal `${`. Braces inside the jq text are matched, so objects and strings may hold them.
public struct Expression: Sendable {
    private indirect enum Node: Sendable {
        case constant(JSONValue)
        case program(JQProgram, pointer: JSONPointer)
        case text([Part], pointer: JSONPointer)
        case array([Node])
        case object([(String, Node)])
    }

    private enum Part: Sendable {
        case text(String)
        case program(JQProgram)
    }

    private let root: Node

    /// Compiles all pieces; the error's pointer names the string and its message quotes jq.
    public static func compile(
        _ value: JSONValue, _ timing: JQProgram.Timing = .now
    ) throws(ExpressionError) -> Expression {
        Expression(root: try node(value, JSONPointer(), timing))
    }

    /// Whether the tree holds no piece, so that it is the same for every context.
    public var isConstant: Bool {
        if case .constant = root { true } else { false }
    }

    /// The tree with every piece replaced by its value; each piece must give one value.
    public func evaluate(context: JSONValue) throws(ExpressionError) -> JSONValue {
        try Expression.evaluate(root, context)
    }

    private static func node(
        _ value: JSONValue, _ pointer: JSONPointer, _ timing: JQProgram.Timing
    ) throws(ExpressionError) -> Node {
        switch value {
        case .string(let string):
            return try node(text: string, pointer, timing)
        case .array(let elements):
            var nodes: [Node] = []
            for (index, element) in elements.enumerated() {
                nodes.append(try node(element, pointer.appending(String(index)), timing))
            }
            return areConstant(nodes) ? .constant(value) : .array(nodes)
        case .object(let object):
            var nodes: [(String, Node)] = []
            for (key, member) in object { nodes.append((key, try node(member, pointer.appending(key), timing))) }
            return areConstant(nodes.map(\.1)) ? .constant(value) : .object(nodes)
        default:
            return .constant(value)
        }
    }

    private static func areConstant(_ nodes: [Node]) -> Bool {
        nodes.allSatisfy { if case .constant = $0 { true } else { false } }
    }

    private static func node(
        text: String, _ pointer: JSONPointer, _ timing: JQProgram.Timing
    ) throws(ExpressionError) -> Node {
        let pieces: [InterpolationReader.Piece]
        do throws(InterpolationReader.Failure) {
            pieces = try InterpolationReader.read(text)
        } catch {
            throw ExpressionError(pointer: pointer.description, message: error.message)
        }
        var parts: [Part] = []
        for piece in pieces {
            switch piece {
            case .text(let text): parts.append(.text(text))
            case .program(let text):
                do throws(JQError) {
                    parts.append(.program(try JQProgram.compile(text, timing)))
                } catch {
                    throw ExpressionError(pointer: pointer.description, message: error.message)
                }
            }
        }
        switch parts.first {
        case .program(let program) where parts.count == 1: return .program(program, pointer: pointer)
        case .text(let text) where parts.count == 1: return .constant(.string(text))
        case nil: return .constant(.string(""))
        default: return .text(parts, pointer: pointer)
        }
    }

    private static func evaluate(_ node: Node, _ context: JSONValue) throws(ExpressionError) -> JSONValue {
        switch node {
        case .constant(let value):
            return value
        case .program(let program, let pointer):
            return try run(program, context, pointer)
        case .text(let parts, let pointer):
            var text = ""
            for part in parts {
                switch part {
                case .text(let piece): text += piece
                case .program(let program): text += inserted(try run(program, context, pointer))
                }
            }
            return .string(text)
        case .array(let nodes):
            var elements: [JSONValue] = []
            for node in nodes { elements.append(try evaluate(node, context)) }
            return .array(elements)
        case .object(let nodes):
            var object = JSONObject()
            for (key, node) in nodes { object[key] = try evaluate(node, context) }
            return .object(object)
        }
    }

    private static func run(
        _ program: JQProgram, _ context: JSONValue, _ pointer: JSONPointer
    ) throws(ExpressionError) -> JSONValue {
        do throws(JQError) {
            return try program.runForOne(context)
        } catch {
            throw ExpressionError(pointer: pointer.description, message: "\(error.message), in ${ \(program.text) }")
        }
    }

    private static func inserted(_ value: JSONValue) -> String {
        switch value {
        case .null: ""
        case .string(let string): string
        default: value.text
        }
    }
}
