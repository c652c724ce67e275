/// What an XML text may ask of its reader.
struct XMLLimits: Sendable {
    static let `default` = XMLLimits()

    /// Elements inside each other.
    var depth = 200
    var elements = 200_000
    /// Of one element.
    var attributes = 500
    var bytes = 16 << 20
}
