/// The keyword being compiled and the schema around it.
struct SchemaContext {
    let keyword: String
    let value: JSONValue
    let schema: JSONObject
    /// Of the schema.
    let location: SchemaLocation
    let resource: Int

    /// Of the keyword.
    var keywordLocation: SchemaLocation { location.appending(keyword) }
}
