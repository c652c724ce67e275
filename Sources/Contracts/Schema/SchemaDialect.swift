/// Which keywords a schema is read with.
///
/// A dialect is a table from keyword to how it is compiled and where it holds subschemas; another draft is another
/// table.
struct SchemaDialect: Sendable {
    /// Where a keyword holds subschemas.
    enum Children: Sendable {
        case one, list, map
    }

    struct Keyword: Sendable {
        typealias Compile =
            @Sendable (inout SchemaCompiler, SchemaContext) throws(SchemaError) -> SchemaInstruction?

        var children: Children?
        /// Keywords that are compiled together, under the first of them that is present.
        var group: [String] = []
        /// Nil for keywords that only hold subschemas or say nothing about instances.
        var compile: Compile?
        /// Needs the outcome of all other keywords.
        var isLast = false
    }

    let keywords: [String: Keyword]
    let assertsFormats: Bool

    static let draft2020URI = "https://json-schema.org/draft/2020-12/schema"

    static func draft2020(assertsFormats: Bool) -> SchemaDialect {
        SchemaDialect(keywords: allVocabularies, assertsFormats: assertsFormats)
    }

    /// The dialect of a meta-schema that lists its vocabularies; nil when it demands an unknown one.
    static func draft2020(vocabularies: JSONObject, assertsFormats: Bool) -> SchemaDialect? {
        var keywords = vocabularyTables["core"] ?? [:]
        var assertsFormats = assertsFormats
        for (uri, isRequired) in vocabularies {
            let prefix = "https://json-schema.org/draft/2020-12/vocab/"
            let name = uri.hasPrefix(prefix) ? String(uri.dropFirst(prefix.count)) : ""
            if let table = vocabularyTables[name] {
                keywords.merge(table) { first, _ in first }
                if name == "format-assertion" { assertsFormats = true }
            } else if isRequired == true {
                return nil
            }
        }
        return SchemaDialect(keywords: keywords, assertsFormats: assertsFormats)
    }

    private static let vocabularyTables: [String: [String: Keyword]] = [
        "core": core, "applicator": applicator, "unevaluated": unevaluated, "validation": validation,
        "format-annotation": format, "format-assertion": format, "content": [:], "meta-data": [:],
    ]

    private static let allVocabularies: [String: Keyword] = [core, applicator, unevaluated, validation, format]
        .reduce(into: [:]) { all, table in all.merge(table) { first, _ in first } }
}
