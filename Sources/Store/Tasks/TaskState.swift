/// Where a task stands.
package enum TaskState: String, Sendable, CaseIterable {
    /// Acknowledged, not yet claimed.
    case queued
    /// Claimed by a worker whose lease is valid (or which just died).
    case running
    /// Holds no worker until `wakeAt`.
    case waiting
    case done, failed, cancelled

    /// Whether nothing more will happen.
    package var isFinal: Bool { self == .done || self == .failed || self == .cancelled }
}
