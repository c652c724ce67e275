/// Which keywords a schema is read with.
///
/// A dialect is a table from keyword to how it is compiled and where it holds subschemas; another draft is another
/// table.
struct SchemaDialect: Sendable {
    /// Where a keyword holds subschemas.
    enum Children: Sendable {
        case one, list, map
        /// One or a list: `items` of the older drafts.
        case oneOrList
        /// Values that are schemas or lists of names: `dependencies`.
        case mapOfSome
    }

    struct Keyword: Sendable {
        typealias Compile =
            @Sendable (inout SchemaCompiler, SchemaContext) throws(SchemaError) -> [SchemaInstruction]

        var children: Children?
        /// Keywords that are compiled together, under the first of them that is present.
        var group: [String] = []
        /// Nil for keywords that only hold subschemas or say nothing about instances.
        var compile: Compile?
        /// Needs the outcome of all other keywords.
        var isLast = false
    }

    let draft: SchemaDraft
    let keywords: [String: Keyword]
    let assertsFormats: Bool

    init(_ draft: SchemaDraft, assertsFormats: Bool) {
        self.init(draft: draft, keywords: SchemaDialect.tables[draft] ?? [:], assertsFormats: assertsFormats)
    }

    private init(draft: SchemaDraft, keywords: [String: Keyword], assertsFormats: Bool) {
        self.draft = draft
        self.keywords = keywords
        self.assertsFormats = assertsFormats
    }

    /// The dialect of a meta-schema that lists its vocabularies; nil when it demands an unknown one.
    init?(vocabularies: JSONObject, draft: SchemaDraft, assertsFormats: Bool) {
        let isOlder = draft == .draft2019
        let prefix = "https://json-schema.org/draft/\(isOlder ? "2019-09" : "2020-12")/vocab/"
        let tables = SchemaDialect.vocabularies[isOlder ? .draft2019 : .draft2020] ?? [:]
        var keywords = tables["core"] ?? [:]
        var assertsFormats = assertsFormats
        for (uri, isRequired) in vocabularies {
            let name = uri.hasPrefix(prefix) ? String(uri.dropFirst(prefix.count)) : ""
            if let table = tables[name] {
                keywords.merge(table) { first, _ in first }
                if name == "format-assertion" { assertsFormats = true }
            } else if isRequired == true, uri != "https://spec.openapis.org/oas/3.1/vocab/base" {
                return nil
            }
        }
        self.init(draft: isOlder ? .draft2019 : .draft2020, keywords: keywords, assertsFormats: assertsFormats)
    }
}
