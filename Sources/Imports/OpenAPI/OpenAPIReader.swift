import Contracts

/// Reads OpenAPI 3.0 and 3.1 descriptions.
///
/// One pass over the paths lists the operations, names are given to all of them, and only those that are wanted are read
/// further; schemas are written when something that is wanted refers to them.
package struct OpenAPIReader {
    private let files: DescriptionFiles
    private let translation: SchemaTranslation
    private let shelf: SchemaShelf
    private let version: String
    private let operations: [OpenAPIOperation]

    /// Reads what operations a description has.
    ///
    /// - Parameters:
    ///   - expands: whether objects that come only when asked for are described in full.
    ///   - sibling: reads a file below the document's folder.
    package init(
        _ document: SourceDocument, expands: Bool = false,
        sibling: @escaping (_ path: String) throws(ImportError) -> [UInt8]
    ) throws(ImportError) {
        version = try Self.version(of: document)
        files = DescriptionFiles(main: document, read: sibling)
        let reading = SchemaReading(isOld: version.hasPrefix("3.0"), expands: expands)
        shelf = SchemaShelf(files: files, reading: reading)
        translation = SchemaTranslation(files: files, reading: reading, shelf: shelf)
        operations = try Self.operations(files)
    }

    private static func version(of document: SourceDocument) throws(ImportError) -> String {
        let value = document.value
        guard let root = value.objectValue else {
            throw document.error("this is no OpenAPI document", advice: "name an OpenAPI file in JSON or YAML")
        }
        if let swagger = root["swagger"] {
            throw document.error(
                "this is OpenAPI \(swagger.stringValue ?? swagger.text), which is not read here",
                at: JSONPointer(tokens: ["swagger"]),
                advice:
                    "convert it to OpenAPI 3, for example with npx swagger2openapi --yaml --outfile openapi.yaml FILE, "
                    + "and import that")
        }
        let place = JSONPointer(tokens: ["openapi"])
        guard let written = root["openapi"] else {
            var advice = "name an OpenAPI file in JSON or YAML"
            if root["log"]?["entries"] != nil { advice = "this looks like a HAR file: footing import har" }
            if root["info"]?["schema"] != nil {
                advice = "this looks like a Postman collection: footing import postman"
            }
            throw document.error("this is no OpenAPI document: \"openapi\" is missing", advice: advice)
        }
        let version = written.stringValue ?? written.text
        guard version.hasPrefix("3.0") || version.hasPrefix("3.1") else {
            throw document.error(
                "OpenAPI \(version) is not read here", at: place, advice: "import a description in OpenAPI 3.0 or 3.1")
        }
        return version
    }

    /// The operations that are wanted. To be asked once.
    package func read(_ selection: OpenAPISelection) throws(ImportError) -> ImportedAPI {
        let root = files.main.value
        var api = ImportedAPI(format: "OpenAPI \(version)")
        api.title = Prose.short(root["info"]?["title"]?.stringValue)
        api.about = Prose.short(root["info"]?["summary"]?.stringValue ?? root["info"]?["description"]?.stringValue)
        let names = OperationNames.names(
            for: operations.map { OperationNames.Origin(given: $0.id, method: $0.method, path: $0.path) })
        let wanted = zip(operations, names).filter { selection.takes($0, named: $1) }
        api.leftOut = operations.count - wanted.count
        guard !wanted.isEmpty else { throw nothing }

        let general = OpenAPIGeneral(files: files)
        var notes: [ImportNote] = []
        api.servers = general.servers(wanted.map(\.0), &notes)
        api.auth = try general.auth(wanted.map(\.0), &notes)
        api.rate = general.rate()
        for (operation, name) in wanted {
            translation.subject = name
            let reading = OpenAPIOperationReader(files: files, translation: translation, operation: operation)
            guard let result = try reading.read(named: name, notes: &notes) else { continue }
            api.operations.append(result.operation)
            api.errorStatuses.formUnion(result.errorStatuses)
        }
        translation.folder = ""
        translation.subject = ""
        try shelf.finish(translation)
        api.schemas = shelf.schemas
        api.notes = notes + translation.notes
        return api
    }

    private var nothing: ImportError {
        guard !operations.isEmpty else {
            return files.main.error(
                "the document describes no operations", at: JSONPointer(tokens: ["paths"]),
                advice: "name a document with paths")
        }
        let tags = Set(operations.flatMap(\.tags)).sorted().prefix(12).joined(separator: ", ")
        return files.main.error(
            "none of the document's \(operations.count) operations is what was asked for",
            advice: tags.isEmpty ? "name one with --operation, or paths with --path" : "it has the tags \(tags)")
    }

    private static func operations(_ files: DescriptionFiles) throws(ImportError) -> [OpenAPIOperation] {
        let paths = DocumentPlace().appending("paths")
        guard let items = files.main.value["paths"] else { return [] }
        guard let items = items.objectValue else { throw files.error("\"paths\" is an object", at: paths) }
        var operations: [OpenAPIOperation] = []
        for (path, item) in items where path.hasPrefix("/") {
            let (item, place) = try files.followed(item, at: paths.appending(path))
            guard let members = item.objectValue else {
                throw files.error("a path holds an object", at: place, advice: "write operations under it")
            }
            for method in OpenAPIOperation.methods {
                guard let value = members[method] else { continue }
                let here = place.appending(method)
                guard value.objectValue != nil else { throw files.error("an operation is an object", at: here) }
                operations.append(
                    OpenAPIOperation(
                        method: method.uppercased(), path: path, id: value["operationId"]?.stringValue,
                        tags: value["tags"]?.arrayValue?.compactMap(\.stringValue) ?? [], value: value, place: here,
                        shared: members["parameters"], sharedPlace: place.appending("parameters")))
            }
        }
        return operations
    }

    /// The tags of a description with the number of their operations, the largest first.
    package var tags: [(name: String, count: Int)] {
        var counts: [String: Int] = [:]
        for tag in operations.flatMap(\.tags) { counts[tag, default: 0] += 1 }
        return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { ($0.key, $0.value) }
    }

    /// All operations of a description, as method and path the way the inventory has them.
    package var origins: Set<String> {
        Set(
            operations.compactMap { operation in
                guard case .success(let plain) = PathText.inventory(operation.path) else { return nil }
                return "\(operation.method) \(plain.path)"
            })
    }
}
