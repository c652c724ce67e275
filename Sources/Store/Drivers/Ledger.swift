import Synchronization

/// Writes call records in few, large operations, however many callers bring them.
final class Ledger: Sendable {
    /// An operation's share of the rows. Reported to once: with nil when they are durable.
    struct Portion: Sendable {
        /// The rows to write; the same ones when a transaction has to be done again.
        let rows: @Sendable () -> [EncodedCall]
        let report: @Sendable (StoreError?) -> Void
    }

    private static let rowsPerWrite = 512
    /// About 20 MB of waiting rows at a kilobyte each.
    private static let waitingRows = 20_000

    private let hand: @Sendable (Portion) -> Void
    private let queue = Mutex(LedgerQueue(rowLimit: waitingRows))

    /// - Parameter hand: puts an operation into the writer's queue.
    init(_ hand: @escaping @Sendable (Portion) -> Void) {
        self.hand = hand
    }

    /// Returns once the rows are durable; throws `.overloaded` instead of queueing without bound.
    func record(_ rows: [EncodedCall]) async throws(StoreError) {
        let error: StoreError? = await withCheckedContinuation { continuation in
            let entry = LedgerQueue.Entry(rows: rows) { continuation.resume(returning: $0) }
            switch queue.withLock({ $0.add(entry) }) {
            case .write: submit()
            case .wait: break
            case .refuse: continuation.resume(returning: Self.overloaded)
            }
        }
        if let error { throw error }
    }

    private func submit() {
        hand(
            Portion(
                rows: { [self] in queue.withLock { $0.take(rows: Self.rowsPerWrite) }.flatMap(\.rows) },
                report: { [self] error in
                    finish(
                        error,
                        queue.withLock { error == nil ? $0.finish() : $0.finishFailed(rows: Self.rowsPerWrite) })
                }))
    }

    private func finish(_ error: StoreError?, _ finished: (entries: [LedgerQueue.Entry], again: Bool)) {
        for entry in finished.entries { entry.report(error) }
        if finished.again { submit() }
    }

    private static let overloaded = StoreError(
        .overloaded, "The ledger cannot keep up: the record of a call was dropped.")
}
