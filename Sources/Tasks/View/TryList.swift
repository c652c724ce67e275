import Contracts
import Store

/// The tries of one call in the timeline.
struct TryList: Sendable {
    private var tries: [JSONValue] = []
    private var lastRetried: (status: Int?, reason: String?, wait: Double?)?
    private var waited: Double?
    /// Whether the newest try will be followed by another one.
    private(set) var waits = false

    mutating func add(_ event: JournalEvent) {
        let fields = event.fields
        tries.append([
            "n": fields["try"] ?? .null, "at": .string(event.at.description), "status": fields["status"] ?? .null,
            "outcome": fields["outcome"] ?? .null, "ms": fields["ms"] ?? .null,
            "footing_ms": fields["footing_ms"] ?? .null, "held_ms": fields["held_ms"] ?? .null,
            "waited_ms": fields["waited_ms"] ?? .null, "reason": fields["reason"] ?? .null,
        ])
        if let lastRetried, waits { waited = lastRetried.wait }
        waits = fields["outcome"]?.stringValue == "retried"
        if waits {
            lastRetried = (fields["status"]?.intValue, fields["reason"]?.stringValue, fields["waited_ms"]?.doubleValue)
            waited = nil
        }
    }

    var json: JSONValue { .array(tries) }

    /// The newest setback in a few words: `429, waited 3 s`; nil if there was none.
    var note: String? {
        guard let lastRetried else { return nil }
        let what = lastRetried.status.map(String.init) ?? "no answer"
        if let waited { return "\(what), waited \(Self.seconds(waited))" }
        return lastRetried.reason.map { "\(what), \($0)" } ?? "\(what), trying again"
    }

    private static func seconds(_ milliseconds: Double) -> String {
        guard milliseconds < 1e15, milliseconds >= 0 else { return "long" }
        let tenths = Int((milliseconds / 100).rounded())
        return tenths % 10 == 0 ? "\(tenths / 10) s" : "\(tenths / 10).\(tenths % 10) s"
    }
}
