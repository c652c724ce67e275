/// A schema with an identifier of its own: a document, or a part of one that carries `$id`.
struct SchemaResource: Sendable {
    let uri: SchemaURI
    let root: SchemaLocation
    let dialect: SchemaDialect
    var anchors: [String: SchemaLocation] = [:]
    var dynamicAnchors: [String: SchemaLocation] = [:]
}
