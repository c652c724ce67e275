import Synchronization

/// The writer of the tasks' fast path: all that waits goes to the database in one round trip, as one transaction of a
/// few statements, however many operations it holds; at once when it is idle.
///
/// A batch whose answer never came is reported as `.unconfirmed` to all: it is not repeated, since it may have landed.
final class PostgresTaskWriter: Sendable {
    private static let batchLimit = 512

    private let link: PostgresLink
    private let timeout: Duration
    private let queue = Mutex(CommitQueue<TaskOperation>(batchLimit: batchLimit))
    private let committed = Atomic<Int>(0)

    init(_ ground: PostgresLink.Ground) {
        link = PostgresLink(ground, label: "tasks")
        timeout = ground.options.statementTimeout
    }

    /// Number of transactions committed so far.
    var transactions: Int { committed.load(ordering: .relaxed) }

    /// Puts the operation into the next batch; returns what it reports.
    func run<Value: Sendable>(
        _ operation: (@escaping @Sendable (Result<Value, StoreError>) -> Void) -> TaskOperation
    ) async throws(StoreError) -> Value {
        let result: Result<Value, StoreError> = await withCheckedContinuation { continuation in
            submit(operation { continuation.resume(returning: $0) })
        }
        return try result.get()
    }

    private func submit(_ operation: TaskOperation) {
        guard queue.withLock({ $0.add(operation) }) == .start else { return }
        link.submit { [self] link in
            while let batch = queue.withLock({ $0.nextBatch() }) { write(batch, link) }
        }
    }

    private func write(_ operations: [TaskOperation], _ link: PostgresLink) {
        let batch = TaskBatch(operations)
        do {
            let rows: [PostgresRows]? = try link.attempt { connection in
                do {
                    return try connection.run(batch.statements, timeout: timeout)
                } catch let failure as PostgresFailure where failure.isOperationsOwn && operations.count > 1 {
                    _ = connection.endTransaction(timeout: timeout)
                    return nil
                }
            }
            guard let rows else {
                // One of them is refused for what it holds: the others are not to suffer for it.
                for operation in operations { write([operation], link) }
                return
            }
            committed.add(1, ordering: .relaxed)
            batch.report(rows)
        } catch {
            for operation in operations { operation.fail(error) }
        }
    }

    func close() {
        link.close()
    }
}
