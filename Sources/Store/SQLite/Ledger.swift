import GRDB
import Synchronization

/// Writes call records in few, large operations, however many callers bring them.
final class Ledger: Sendable {
    private static let rowsPerWrite = 512
    /// About 20 MB of waiting rows at a kilobyte each.
    private static let waitingRows = 20_000

    private let commits: GroupCommit
    private let queue = Mutex(LedgerQueue(rowLimit: waitingRows))

    init(commits: GroupCommit) {
        self.commits = commits
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
        commits.submit(
            GroupCommit.Operation(
                perform: { [self] db in
                    for entry in queue.withLock({ $0.take(rows: Self.rowsPerWrite) }) {
                        for row in entry.rows { try row.insert(db) }
                    }
                    return { [self] in report(nil, queue.withLock { $0.finish() }) }
                },
                fail: { [self] error in report(error, queue.withLock { $0.finishFailed(rows: Self.rowsPerWrite) }) }))
    }

    private func report(_ error: StoreError?, _ finished: (entries: [LedgerQueue.Entry], again: Bool)) {
        for entry in finished.entries { entry.report(error) }
        if finished.again { submit() }
    }

    private static let overloaded = StoreError(
        .overloaded, "The ledger cannot keep up: the record of a call was dropped.")
}
