/// The values an `enum` keyword allows; many of them are looked up by hash.
struct SchemaEnumeration: Sendable {
    private static let comparedOneByOne = 8

    let values: [JSONValue]
    private let index: Set<JSONValue>

    init(_ values: [JSONValue]) {
        self.values = values
        index = values.count > SchemaEnumeration.comparedOneByOne ? Set(values) : []
    }

    func contains(_ value: JSONValue) -> Bool {
        index.isEmpty ? values.contains(value) : index.contains(value)
    }
}
