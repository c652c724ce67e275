/// Hints from other nodes that something is worth looking at now rather than at the next turn.
///
/// A hint may come late, twice or not at all: whoever acts on hints looks at the store at intervals too, and what is found
/// there is the truth.
package protocol StoreSignals: Sendable {
    /// Hints of other nodes from now on; ends at once where no other node can be, and when the store is closed.
    func hints() -> AsyncStream<StoreHint>
}

/// What another node has done.
package enum StoreHint: Sendable, Hashable {
    /// There is something to claim.
    case tasksSubmitted
    /// A running task is to stop.
    case cancelRequested(String)
    /// A switch or a fault was set or taken away.
    case controlsChanged
    /// The task's journal has new events.
    case journalGrew(String)
    /// Any of these: hints may have been missed, or were too many to be told one by one.
    case everything
}
