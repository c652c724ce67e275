/// Which operations go into the next transaction: all that gathered while the last one was in flight.
///
/// No timer: an operation that finds the writer idle starts at once.
struct CommitQueue<Operation: Sendable>: Sendable {
    private enum State {
        case idle
        case writing(waiting: [Operation])
    }

    enum Action: Equatable {
        /// The writer was idle: start it.
        case start
        /// The writer is at work and will come for the operation.
        case wait
    }

    private var state: State = .idle
    private let batchLimit: Int

    init(batchLimit: Int) {
        self.batchLimit = batchLimit
    }

    mutating func add(_ operation: Operation) -> Action {
        switch state {
        case .idle:
            state = .writing(waiting: [operation])
            return .start
        case .writing(var waiting):
            // Emptied first, so that the array is not copied.
            state = .idle
            waiting.append(operation)
            state = .writing(waiting: waiting)
            return .wait
        }
    }

    /// What the writer does next; nil sends it to rest.
    mutating func nextBatch() -> [Operation]? {
        guard case .writing(let waiting) = state, !waiting.isEmpty else {
            state = .idle
            return nil
        }
        let batch = Array(waiting.prefix(batchLimit))
        state = .writing(waiting: Array(waiting.dropFirst(batchLimit)))
        return batch
    }
}
