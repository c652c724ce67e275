/// How a schema is compiled.
public struct SchemaOptions: Sendable, Hashable {
    public static let `default` = SchemaOptions()

    /// Whether `format` refuses values (the draft leaves it open); unknown formats refuse nothing.
    public var assertsFormats: Bool

    public init(assertsFormats: Bool = true) {
        self.assertsFormats = assertsFormats
    }
}
