/// Which operations of a description are wanted; what is empty asks for nothing.
package struct OpenAPISelection: Sendable {
    /// By `operationId`, by the inventory's name, or as `GET /v1/charges`.
    package var operations: Set<String> = []
    package var tags: Set<String> = []
    /// A path, or one ending in `*` for all that begin like it.
    package var paths: [String] = []
    /// Whether all operations are wanted.
    package var takesAll = false

    package init() {}

    package var isEmpty: Bool { !takesAll && operations.isEmpty && tags.isEmpty && paths.isEmpty }

    func takes(_ operation: OpenAPIOperation, named name: String) -> Bool {
        if takesAll || operations.contains(name) || operations.contains("\(operation.method) \(operation.path)") {
            return true
        }
        if case .success(let plain) = PathText.inventory(operation.path),
            operations.contains("\(operation.method) \(plain.path)")
        {
            return true
        }
        if let id = operation.id, operations.contains(id) { return true }
        if operation.tags.contains(where: { tags.contains($0) }) { return true }
        return paths.contains { path in
            path.hasSuffix("*") ? operation.path.hasPrefix(path.dropLast()) : operation.path == path
        }
    }
}
