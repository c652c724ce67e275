package import Contracts

/// One call that a step of a task makes.
package struct StepCall: Sendable, Equatable {
    /// The task's id.
    package let task: String
    package let tenant: String
    /// Id of the token that submitted the task.
    package let owner: String
    /// `name`, or `name[index]` for an item of a `for_each`.
    package let step: String
    package let provider: String
    package let operation: String
    /// `{"path": {}, "query": {}, "headers": {}, "body": ...}`, each member optional.
    package let input: JSONValue
    /// The same for this task and step whenever and wherever it runs: a repeated write can be recognised.
    package let idempotencyKey: String
    package let requestID: String?

    package init(
        task: String, tenant: String, owner: String, step: String, provider: String, operation: String,
        input: JSONValue, idempotencyKey: String, requestID: String? = nil
    ) {
        self.task = task
        self.tenant = tenant
        self.owner = owner
        self.step = step
        self.provider = provider
        self.operation = operation
        self.input = input
        self.idempotencyKey = idempotencyKey
        self.requestID = requestID
    }
}
