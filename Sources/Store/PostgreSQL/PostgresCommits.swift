import Synchronization

/// The writer of everything but the tasks' fast path: puts all waiting operations into one transaction, as
/// `GroupCommit` does for SQLite.
///
/// In a batch of several each runs in a savepoint of its own, so that a refused one leaves its neighbours alone. Nothing
/// is reported before the commit. An operation may be run more than once, where the transaction collided with another
/// node's or the connection was lost before the commit: it must not do anything but read and write through the
/// transaction.
final class PostgresCommits: CommitWriter {
    typealias Operation = CommitOperation<PostgresTransaction>

    private static let batchLimit = 256

    private let link: PostgresLink
    private let timeout: Duration
    private let queue = Mutex(CommitQueue<Operation>(batchLimit: batchLimit))
    private let committed = Atomic<Int>(0)

    init(_ ground: PostgresLink.Ground) {
        link = PostgresLink(ground, label: "writer")
        timeout = ground.options.statementTimeout
    }

    /// Number of transactions committed so far.
    var transactions: Int { committed.load(ordering: .relaxed) }

    func submit(_ operation: Operation) {
        guard queue.withLock({ $0.add(operation) }) == .start else { return }
        link.submit { [self] link in
            while let batch = queue.withLock({ $0.nextBatch() }) { commit(batch, link) }
        }
    }

    private func commit(_ batch: [Operation], _ link: PostgresLink) {
        typealias Outcome = Result<Operation.Report, StoreError>
        let results: [Outcome]
        do {
            results = try link.attempt { connection in
                let transaction = PostgresTransaction(connection, timeout: timeout)
                if batch.count == 1 {
                    let report = try batch[0].perform(transaction)
                    try transaction.commit()
                    return [.success(report)]
                }
                var results: [Outcome] = []
                for operation in batch { results.append(try attempt(operation, transaction)) }
                try transaction.commit()
                return results
            }
        } catch {
            for operation in batch { operation.fail(error) }
            return
        }
        committed.add(1, ordering: .relaxed)
        Operation.tell(batch, results)
    }

    /// Throws only when the transaction as a whole is lost.
    private func attempt(
        _ operation: Operation, _ transaction: PostgresTransaction
    ) throws -> Result<Operation.Report, StoreError> {
        try transaction.execute("SAVEPOINT operation")
        do {
            let report = try operation.perform(transaction)
            try transaction.execute("RELEASE SAVEPOINT operation")
            return .success(report)
        } catch let failure as PostgresFailure where !failure.isOperationsOwn {
            throw failure
        } catch {
            try transaction.run([
                PostgresStatement("ROLLBACK TO SAVEPOINT operation"), PostgresStatement("RELEASE SAVEPOINT operation"),
            ])
            let failure = (error as? PostgresFailure).map(StoreError.init(postgres:))
            return .failure(
                failure ?? error as? StoreError
                    ?? StoreError(.failed, "The state store failed.", detail: "\(error)"))
        }
    }

    func close() {
        link.close()
    }
}
