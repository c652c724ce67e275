package import Inventory

/// How long one attempt may take, cut to what is left of the call.
package struct AttemptTimes: Sendable, Equatable {
    /// Until the connection stands.
    package let connect: Duration
    /// Until the answer's first byte.
    package let firstByte: Duration
    /// Until the answer's end.
    package let total: Duration

    /// - Parameters:
    ///   - operation: the operation's own limit, instead of the provider's `total`.
    ///   - remaining: what is left until the call's deadline.
    package init(_ timeouts: Timeouts, operation: Duration?, remaining: Duration) {
        total = max(.zero, min(operation ?? timeouts.total, remaining))
        firstByte = min(timeouts.firstByte ?? total, total)
        connect = min(timeouts.connect, total)
    }
}
