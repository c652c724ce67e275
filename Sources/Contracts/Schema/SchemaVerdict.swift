/// What a quick look at a payload says.
public enum SchemaVerdict: Sendable, Hashable {
    /// As agreed: valid, and every member is one that the schema knows where it names members.
    case valid
    /// Valid, with members that the schema does not name; `Drift.findings` names them.
    case undeclared
    /// `Schema.validate` and `Drift.findings` say why.
    case invalid
    /// `JSONDocument.parse` says why.
    case notJSON

    public var isValid: Bool { self == .valid || self == .undeclared }
}
