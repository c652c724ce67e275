import Synchronization

/// How far the server is on its way to the end, for everybody who asks.
///
/// On the way of a call `isDraining` costs one look at a number.
package final class Drain: Sendable {
    private let current = Atomic<Int>(DrainMachine.Phase.serving.rawValue)
    private let listeners = Mutex<[@Sendable (DrainMachine.Phase) -> Void]>([])

    package init() {}

    package var phase: DrainMachine.Phase {
        DrainMachine.Phase(rawValue: current.load(ordering: .acquiring)) ?? .ended
    }

    /// Answers say that their connection ends.
    package var isDraining: Bool {
        current.load(ordering: .relaxed) != DrainMachine.Phase.serving.rawValue
    }

    /// - Parameter listener: told of every phase that begins from now on, on the thread that brings it about.
    package func whenChanged(_ listener: @escaping @Sendable (DrainMachine.Phase) -> Void) {
        listeners.withLock { $0.append(listener) }
    }

    /// Phases only go forward.
    func enter(_ phase: DrainMachine.Phase) {
        guard current.exchange(phase.rawValue, ordering: .acquiringAndReleasing) < phase.rawValue else { return }
        for listener in listeners.withLock({ $0 }) { listener(phase) }
    }
}
