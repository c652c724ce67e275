/// The types of journal events that end a task.
package enum JournalEventType {
    /// Whether no event can come after one of this type.
    package static func isFinal(_ type: String) -> Bool {
        type == "task.finished" || type == "task.failed" || type == "task.cancelled"
    }
}
