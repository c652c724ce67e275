/// A place in one of the documents a schema is made of.
struct SchemaLocation: Sendable, Hashable {
    let document: Int
    let pointer: JSONPointer

    func appending(_ token: String) -> SchemaLocation {
        SchemaLocation(document: document, pointer: pointer.appending(token))
    }

    func appending(_ tokens: [String]) -> SchemaLocation {
        SchemaLocation(document: document, pointer: JSONPointer(tokens: pointer.tokens + tokens))
    }
}
