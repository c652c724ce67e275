/// A version of JSON Schema, or a description language that has one of its own.
public enum SchemaDraft: String, Sendable, Hashable, CaseIterable {
    case draft4 = "draft-04"
    case draft6 = "draft-06"
    case draft7 = "draft-07"
    case draft2019 = "2019-09"
    case draft2020 = "2020-12"
    /// The schema object of OpenAPI 3.0: neither a draft's subset nor its superset.
    case openAPI30 = "OpenAPI 3.0"
    /// Draft 2020-12 with annotations of its own.
    case openAPI31 = "OpenAPI 3.1"

    /// What `$schema` says of it, without an empty fragment.
    var uris: [String] {
        switch self {
        case .draft4: ["http://json-schema.org/draft-04/schema"]
        case .draft6: ["http://json-schema.org/draft-06/schema"]
        case .draft7: ["http://json-schema.org/draft-07/schema"]
        case .draft2019: ["https://json-schema.org/draft/2019-09/schema"]
        case .draft2020: ["https://json-schema.org/draft/2020-12/schema"]
        case .openAPI30: []
        case .openAPI31:
            ["https://spec.openapis.org/oas/3.1/dialect/base", "https://spec.openapis.org/oas/3.1/schema-base"]
        }
    }

    init?(uri: String) {
        guard let draft = SchemaDraft.allCases.first(where: { $0.uris.contains(uri) }) else { return nil }
        self = draft
    }

    /// `$ref` stands for the whole schema, whatever stands beside it.
    var isReferenceAlone: Bool {
        switch self {
        case .draft4, .draft6, .draft7, .openAPI30: true
        case .draft2019, .draft2020, .openAPI31: false
        }
    }

    /// The keyword that gives a schema an identifier.
    var identifier: String? {
        switch self {
        case .draft4: "id"
        case .openAPI30: nil
        default: "$id"
        }
    }

    /// Where the identifier may be a fragment, which names a place.
    var hasFragmentIdentifiers: Bool {
        self == .draft4 || self == .draft6 || self == .draft7
    }
}
