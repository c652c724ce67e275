/// A drift finding, deduplicated by shape.
package struct DriftRecord: Sendable, Equatable {
    package var provider: String
    package var operation: String
    /// Stable hash of pointer, kind, expected and type seen.
    package var shape: String
    package var pointer: String
    package var kind: String
    package var expected: String
    package var seen: String
    package var count: Int
    package var first: Timestamp
    package var last: Timestamp

    package init(
        provider: String, operation: String, shape: String, pointer: String, kind: String, expected: String,
        seen: String, count: Int, first: Timestamp, last: Timestamp
    ) {
        self.provider = provider
        self.operation = operation
        self.shape = shape
        self.pointer = pointer
        self.kind = kind
        self.expected = expected
        self.seen = seen
        self.count = count
        self.first = first
        self.last = last
    }
}
