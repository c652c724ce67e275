import Contracts
import Imports

/// Reads documents written in tests.
enum Documents {
    static func openAPI(
        _ text: String, file: String = "api.yaml", selection: OpenAPISelection = .all, expands: Bool = false,
        siblings: [String: String] = [:]
    ) throws(ImportError) -> ImportedAPI {
        let document = try SourceDocument.read(Array(text.utf8), file: file)
        return try reader(document, expands: expands, siblings: siblings).read(selection)
    }

    static func reader(
        _ document: SourceDocument, expands: Bool = false, siblings: [String: String] = [:]
    ) throws(ImportError) -> OpenAPIReader {
        try OpenAPIReader(document, expands: expands) { path throws(ImportError) in
            guard let text = siblings[path] else { throw ImportError(file: path, message: "there is no such file") }
            return Array(text.utf8)
        }
    }

    static func postman(_ text: String) throws(ImportError) -> ImportedAPI {
        try PostmanReader.read(try SourceDocument.read(Array(text.utf8), file: "shop.json"))
    }

    static func har(_ text: String, host: String? = nil) throws(ImportError) -> ImportedAPI {
        try HARReader.read(try SourceDocument.read(Array(text.utf8), file: "session.har"), host: host)
    }

    /// A description of one operation.
    static func one(_ operation: String, components: String = "", version: String = "3.0.3", path: String = "/things")
        -> String
    {
        """
        openapi: \(version)
        info: { title: Things, version: "1" }
        servers: [{ url: https://api.example.com }]
        paths:
          \(path):
        \(operation.indented(4))
        \(components)
        """
    }

    /// What is wrong with a text that must not be read.
    static func fault(_ text: String, file: String = "api.yaml", siblings: [String: String] = [:]) -> ImportError? {
        do {
            _ = try openAPI(text, file: file, siblings: siblings)
            return nil
        } catch {
            return error
        }
    }
}

extension OpenAPISelection {
    static var all: OpenAPISelection {
        var selection = OpenAPISelection()
        selection.takesAll = true
        return selection
    }
}

extension String {
    func indented(_ width: Int) -> String {
        split(separator: "\n", omittingEmptySubsequences: false)
            .map { String(repeating: " ", count: width) + $0 }.joined(separator: "\n")
    }
}

extension ImportedOperation {
    /// Its examples in words.
    var shown: [String] { examples.map { "\($0.name) \($0.input.text)" } }
}

extension ImportedAPI {
    func operation(_ name: String) -> ImportedOperation? { operations.first { $0.name == name } }

    /// The schema of a contract, whichever way it is kept.
    func schema(_ contract: ImportedOperation.Contract?) -> JSONValue? {
        switch contract {
        case .schema(let schema), .proposed(let schema, _): schema
        case .shared(let file): schemas[file]
        case nil: nil
        }
    }

    /// The compiled contract with everything it refers to.
    func compiled(_ contract: ImportedOperation.Contract?) throws -> Schema {
        let folder = "mem:/schemas/"
        let remotes = Dictionary(uniqueKeysWithValues: schemas.map { (folder + $0.key, $0.value) })
        switch contract {
        case .shared(let file): return try Schema.compile(["$ref": .string(folder + file)], remotes: remotes)
        default: return try Schema.compile(schema(contract) ?? true, base: "mem:/contract.json", remotes: remotes)
        }
    }
}
