/// What was seen of one departure, over all payloads: what a change of the contract is proposed from.
public struct ObservedDrift: Sendable, Hashable {
    public let shape: String
    public let kind: DriftFinding.Kind
    public let pointer: String
    public let expected: String
    public let seen: String
    public let schemaPointer: String
    public let observed: JSONValue?

    public init(
        shape: String, kind: DriftFinding.Kind, pointer: String, expected: String, seen: String, schemaPointer: String,
        observed: JSONValue?
    ) {
        self.shape = shape
        self.kind = kind
        self.pointer = pointer
        self.expected = expected
        self.seen = seen
        self.schemaPointer = schemaPointer
        self.observed = observed
    }

    public init(_ finding: DriftFinding) {
        self.init(
            shape: finding.shape, kind: finding.kind, pointer: finding.pointer, expected: finding.expected,
            seen: finding.seen, schemaPointer: finding.schemaPointer, observed: finding.observed)
    }
}
