/// Which calls a list shows, newest first.
package struct CallQuery: Sendable {
    package var outcome: CallRecord.Outcome?
    package var provider: String?
    package var operation: String?
    package var task: String?
    /// Part of an id, path, caller or code.
    package var text: String?
    package var since: Timestamp?
    /// Only calls older than this id.
    package var before: String?
    package var limit: Int

    package init(
        outcome: CallRecord.Outcome? = nil, provider: String? = nil, operation: String? = nil, task: String? = nil,
        text: String? = nil, since: Timestamp? = nil, before: String? = nil, limit: Int = 100
    ) {
        self.outcome = outcome
        self.provider = provider
        self.operation = operation
        self.task = task
        self.text = text
        self.since = since
        self.before = before
        self.limit = limit
    }
}
