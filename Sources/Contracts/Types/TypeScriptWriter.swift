import Inventory

/// Writes a typed project as one TypeScript module.
struct TypeScriptWriter {
    /// Names of the language, of the standard library that the module uses, and of the module's own parts.
    static let reserved: Set<String> = [
        "AbortSignal", "Array", "AsyncGenerator", "AsyncIterable", "Boolean", "Date", "Error", "Exclude", "Function",
        "JSON", "Map", "Number", "Object", "Omit", "Partial", "Pick", "Promise", "Readonly", "Record", "Request",
        "Required", "Response", "Set", "String", "Symbol", "URL", "Headers", "Window",
        "FootingClient", "FootingOptions", "FootingCallOptions", "FootingWriteOptions", "FootingProblem",
        "FootingFault", "FootingTask", "FootingTaskState", "FootingTaskProgress", "FootingEvent", "FootingFile",
        "FootingRequest",
    ]

    /// Members of the client, or of every object.
    private static let taken: Set<String> = [
        "constructor", "prototype", "then", "tasks", "task", "send", "openSession", "options", "read", "write", "start",
        "url",
    ]

    private let project: TypedProject

    init(_ project: TypedProject) {
        self.project = project
    }

    func text() -> String {
        var lines = [
            "// Written by `footing types --lang ts` from the inventory in footing/. Do not change it here: change the",
            "// inventory and run the command again.", "",
        ]
        for declaration in project.neededDeclarations {
            lines += declared(declaration)
            lines.append("")
        }
        lines += client()
        return lines.joined(separator: "\n") + "\n" + Self.runtime
    }

    // MARK: types

    private func declared(_ declaration: TypeBook.Declaration) -> [String] {
        let head = Self.comment(declaration.about, indent: "")
        guard case .object(let object) = declaration.shape, !object.allFields.isEmpty else {
            return head + ["export type \(declaration.name) = \(type(declaration.shape, indent: ""));"]
        }
        return head + ["export interface \(declaration.name) {"] + members(object, indent: "  ") + ["}"]
    }

    private func members(_ object: TypeObject, indent: String) -> [String] {
        object.allFields.flatMap { field -> [String] in
            let mark = object.isRequired(field.name) ? "" : "?"
            return Self.comment(field.about, indent: indent)
                + ["\(indent)\(Self.key(field.name))\(mark): \(type(field.shape, indent: indent));"]
        }
    }

    private func type(_ shape: TypeShape, indent: String) -> String {
        switch shape {
        case .any: return "unknown"
        case .never: return "never"
        case .null: return "null"
        case .boolean: return "boolean"
        case .integer, .number: return "number"
        case .string: return "string"
        case .literals(let values): return values.map(\.text).joined(separator: " | ")
        case .named(let name): return name
        case .list(let element, _): return "\(grouped(element, indent))[]"
        case .tuple(let elements, let rest):
            let further = rest.map { ["...\(grouped($0, indent))[]"] } ?? []
            return "[" + (elements.map { type($0, indent: indent) } + further).joined(separator: ", ") + "]"
        case .map(let value): return "{ [name: string]: \(type(value, indent: indent)) }"
        case .union(let members): return members.map { type($0, indent: indent) }.joined(separator: " | ")
        case .object(let object):
            let fields = object.allFields
            guard !fields.isEmpty else { return "{ [name: string]: unknown }" }
            let inner = members(object, indent: indent + "  ")
            return "{\n" + inner.joined(separator: "\n") + "\n\(indent)}"
        }
    }

    private func grouped(_ shape: TypeShape, _ indent: String) -> String {
        let text = type(shape, indent: indent)
        switch shape {
        case .union: return "(\(text))"
        case .literals(let values) where values.count > 1: return "(\(text))"
        default: return text
        }
    }

    // MARK: client

    private func client() -> [String] {
        var names = TypeNames(reserved: Self.taken)
        var lines = [
            "/** The operations and tasks of this project, called through Footing. */", "export class FootingClient {",
            "  constructor(private readonly options: FootingOptions = {}) {}",
        ]
        for provider in project.providers {
            lines.append("")
            lines += Self.comment(
                [provider.title, provider.about].compactMap { $0 }.joined(separator: ": "), indent: "  ")
            lines.append("  readonly \(names.claim(TypeNames.camel(provider.name))) = {")
            var inner = TypeNames(reserved: ["then"])
            for operation in provider.operations {
                lines += method(operation, name: inner.claim(TypeNames.camel(operation.operation.name)))
            }
            lines.append("  };")
        }
        if !project.recipes.isEmpty {
            lines += [
                "", "  /** Durable pieces of work: they go on when the page is closed. */", "  readonly tasks = {",
            ]
            var inner = TypeNames(reserved: ["then"])
            for recipe in project.recipes { lines += method(recipe, inner.claim(TypeNames.camel(recipe.recipe.name))) }
            lines.append("  };")
        }
        return lines
    }

    private func method(_ typed: TypedProject.TypedOperation, name: String) -> [String] {
        let operation = typed.operation
        let about = (operation.about.map { $0 + ". " } ?? "") + "\(operation.method) \(operation.path)"
        let input = type(typed.input, indent: "    ")
        let answer = type(typed.answer, indent: "    ")
        let options = typed.isWrite || typed.isSlow ? "FootingWriteOptions" : "FootingCallOptions"
        let result = typed.isSlow ? "FootingTask<\(answer)>" : answer
        let call = typed.isSlow ? "start" : typed.isWrite ? "write" : "read"
        let parameters = "input: \(input)\(typed.needsInput ? "" : " = {}"), options: \(options) = {}"
        return Self.comment(about, indent: "    ") + [
            "    \(name): (\(parameters)): Promise<\(result)> =>",
            "      this.\(call)<\(answer)>(\(Self.quoted("/v1/calls/" + typed.name)), input, options),",
        ]
    }

    private func method(_ typed: TypedProject.TypedRecipe, _ name: String) -> [String] {
        let input = type(typed.input, indent: "    ")
        return Self.comment(typed.recipe.about ?? typed.recipe.title, indent: "    ") + [
            "    \(name): (input: \(input)\(typed.needsInput ? "" : " = {}"), options: FootingWriteOptions = {}): Promise<FootingTask<unknown>> =>",
            "      this.start<unknown>(\"/v1/tasks\", { recipe: \(Self.quoted(typed.recipe.name)), input }, options),",
        ]
    }

    // MARK: text

    private static func comment(_ text: String?, indent: String) -> [String] {
        let words = (text ?? "").split { $0.isWhitespace || $0.isNewline }.joined(separator: " ")
        guard !words.isEmpty else { return [] }
        return [
            "\(indent)/** \(words.split(separator: "*/", omittingEmptySubsequences: false).joined(separator: "* /")) */"
        ]
    }

    private static func key(_ name: String) -> String {
        TypeNames.isIdentifier(name) ? name : quoted(name)
    }

    private static func quoted(_ text: String) -> String { JSONValue.string(text).text }
}
