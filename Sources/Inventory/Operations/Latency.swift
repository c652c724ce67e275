/// Whether a caller may wait for an operation's answer.
public enum Latency: String, CaseIterable, Sendable {
    /// Under five seconds: the request waits.
    case fast
    /// Longer: the request becomes a task.
    case slow
}
