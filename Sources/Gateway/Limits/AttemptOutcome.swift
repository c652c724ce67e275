/// How one attempt at a provider ended, as far as limits and breakers care.
package enum AttemptOutcome: Sendable {
    /// The answer's head came, this long after the request had begun to go out.
    case answered(status: Int, after: Duration)
    case failed(ClientError, after: Duration)
    /// Nothing left the process, by our own decision.
    case unsent
    /// The caller left while the attempt was under way.
    case left(after: Duration)
}
