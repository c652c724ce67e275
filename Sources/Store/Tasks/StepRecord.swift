package import Contracts

/// The memo of a finished piece of a task: what a restart does not do again.
package struct StepRecord: Sendable, Equatable {
    /// Step name, or `name[index]` for an item of a `for_each`.
    package let key: String
    package let result: JSONValue
    package let finished: Timestamp

    package init(key: String, result: JSONValue, finished: Timestamp) {
        self.key = key
        self.result = result
        self.finished = finished
    }
}
