/// How a schema is compiled.
public struct SchemaOptions: Sendable, Hashable {
    /// Which way the described payloads go: OpenAPI's `readOnly` members need not be in requests, nor `writeOnly` ones in
    /// answers.
    public enum Direction: Sendable, Hashable {
        case any, request, answer
    }

    public static let `default` = SchemaOptions()

    /// Whether `format` refuses values (the drafts leave it open); unknown formats refuse nothing.
    public var assertsFormats: Bool
    /// What a schema without `$schema` is written in.
    public var draft: SchemaDraft
    public var direction: Direction

    public init(assertsFormats: Bool = true, draft: SchemaDraft = .draft2020, direction: Direction = .any) {
        self.assertsFormats = assertsFormats
        self.draft = draft
        self.direction = direction
    }
}
