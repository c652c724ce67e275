/// An operation of an OpenAPI document with what its path and the whole document give it.
struct OpenAPIOperation {
    let name: String
    let part: OpenAPIPart
    /// By place and name; header names in small letters, path parameters by their position.
    let parameters: [String: OpenAPIPart]
    let security: [JSONValue]?
    let servers: JSONValue?

    static let methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"]

    /// The operations of all paths, by method and path without the names of its parameters.
    static func all(in document: OpenAPIPart, under key: String = "paths") -> [(
        key: String, operation: OpenAPIOperation
    )] {
        (document[key]?.members ?? []).flatMap { path, item in
            all(of: item, path: path, document)
        }
    }

    static func all(
        of item: OpenAPIPart, path: String, _ document: OpenAPIPart
    ) -> [(key: String, operation: OpenAPIOperation)] {
        methods.compactMap { method in
            guard let part = item[method] else { return nil }
            let name = "\(method.uppercased()) \(path)"
            return ("\(method) \(shape(path))", OpenAPIOperation(name, path, part, item, document))
        }
    }

    private init(_ name: String, _ path: String, _ part: OpenAPIPart, _ item: OpenAPIPart, _ document: OpenAPIPart) {
        self.name = name
        self.part = part
        var parameters: [String: OpenAPIPart] = [:]
        let order = OpenAPIOperation.names(in: path)
        for parameter in (item["parameters"]?.elements ?? []) + (part["parameters"]?.elements ?? []) {
            let place = parameter.json["in"]?.stringValue ?? ""
            var own = parameter.json["name"]?.stringValue ?? ""
            if place == "header" { own = own.lowercased() }
            if place == "path", let position = order.firstIndex(of: own) { own = String(position) }
            parameters[place + " " + own] = parameter
        }
        self.parameters = parameters
        security = (part.json["security"] ?? document.json["security"])?.arrayValue
        servers = part.json["servers"] ?? item.json["servers"] ?? document.json["servers"]
    }

    private static func shape(_ path: String) -> String {
        names(in: path).reduce(path) { $0.replacing("{\($1)}", with: "{}", maxReplacements: 1) }
    }

    private static func names(in path: String) -> [String] {
        path.split(separator: "{").dropFirst().compactMap { part in
            part.firstIndex(of: "}").map { String(part[..<$0]) }
        }
    }
}
