import Contracts
import Store

/// What one piece of work, a step or an item of one, came to.
struct StepOutcome: Sendable {
    let result: JSONValue
    /// A few words for the timeline.
    let summary: String
    var events: [NewEvent] = []
}
