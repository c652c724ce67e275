import Contracts
import Testing

@testable import Server

@Suite("The description of the API")
struct OpenAPITests {
    @Test("it has every route of the router, and the router every route of it")
    func routes() async throws {
        let world = try await ServerWorld()
        let routed = Set(world.server.routes.map { "\($0.method) \($0.path)" })
        let described = Set(APIDescription.operations.map { "\($0.method) \($0.path)" })
        #expect(described.count == APIDescription.operations.count, "none stands there twice")
        #expect(routed.subtracting(described).subtracting(APIDescription.pages).sorted() == [])
        #expect(described.union(APIDescription.pages).subtracting(routed).sorted() == [])
    }

    @Test("every name is taken once, every reference leads somewhere, and every schema is one")
    func sound() throws {
        let document = OpenAPIDocument.json
        #expect(document["openapi"] == "3.1.0")
        let ids = APIDescription.operations.map(\.id)
        #expect(Set(ids).count == ids.count)
        var references: Set<String> = []
        Self.walk(document) { value in
            if let reference = value["$ref"]?.stringValue { references.insert(reference) }
        }
        #expect(references.count > 10)
        for reference in references {
            var found: JSONValue? = document
            for part in reference.dropFirst(2).split(separator: "/") { found = found?[String(part)] }
            #expect(found != nil, "\(reference)")
        }
        for operation in APIDescription.operations {
            guard let body = operation.body else { continue }
            #expect(throws: Never.self) { _ = try Schema.compile(body) }
        }
    }

    @Test("parameters in paths are those of the paths")
    func parameters() throws {
        for (path, item) in OpenAPIDocument.json["paths"]?.objectValue?.entries ?? [] {
            for (_, operation) in item.objectValue?.entries ?? [] {
                let named = (operation["parameters"]?.arrayValue ?? []).filter { $0["in"] == "path" }
                    .compactMap { $0["name"]?.stringValue }
                #expect(named == path.matches(of: /\{([a-z]+)\}/).map { String($0.1) })
            }
        }
    }

    private static func walk(_ value: JSONValue, _ visit: (JSONValue) -> Void) {
        visit(value)
        for (_, inner) in value.objectValue?.entries ?? [] { walk(inner, visit) }
        for inner in value.arrayValue ?? [] { walk(inner, visit) }
    }
}
