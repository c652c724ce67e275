package import Contracts

/// A way in which payloads depart from what was agreed, deduplicated by shape.
package struct DriftRecord: Sendable, Equatable {
    /// Different shapes of one operation; further ones are not kept, so that nobody can fill the table.
    package static let mostShapes = 200
    /// Shapes of one operation that keep a payload.
    package static let mostSamples = 20

    package var provider: String
    package var operation: String
    /// Stable hash of side, pointer, kind, expected and type seen.
    package var shape: String
    package var pointer: String
    package var kind: String
    package var expected: String
    package var seen: String
    package var count: Int
    package var first: Timestamp
    package var last: Timestamp
    /// `answer` or `request`.
    package var side = "answer"
    /// What happens to calls that show it: `record`, `alert` or `fail`.
    package var action = "record"
    /// The keyword of the contract that is broken; empty where none is.
    package var keyword = ""
    /// What a schema would have to say of the values, of all that were seen together.
    package var observed: JSONValue?
    /// A payload that shows it, with secrets and personal data kept back.
    package var sample: JSONValue?
    /// The call that the sample is from.
    package var call: String?

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

    /// Adds what another record of the same shape has seen later.
    package mutating func add(_ later: DriftRecord) {
        count += later.count
        first = min(first, later.first)
        last = max(last, later.last)
        action = later.action
        if let seen = later.observed { observed = observed.map { Self.merged($0, seen) } ?? seen }
        if later.sample != nil { (sample, call) = (later.sample, later.call) }
    }

    /// Schemas and limits grow together; of single values the later one counts.
    private static func merged(_ first: JSONValue, _ second: JSONValue) -> JSONValue {
        second["const"] == nil ? ObservedSchema.merge(first, second) : second
    }
}
