import GRDB
import Synchronization

/// The one writer of the state file: puts all waiting operations into one transaction, because a transaction costs
/// one flush to the disk however much it holds.
///
/// Every operation runs in a savepoint of its own, so that a refused one (a lost lease) leaves its neighbours alone.
/// Nothing is reported before the commit: when that fails (disk full), all operations of the batch fail with its error,
/// and the next batch begins anew. An operation lands or fails as a whole also when its caller is cancelled meanwhile.
final class GroupCommit: CommitWriter {
    typealias Operation = CommitOperation<Database>

    private static let batchLimit = 512

    private let pool: DatabasePool
    private let queue = Mutex(CommitQueue<Operation>(batchLimit: batchLimit))
    private let committed = Atomic<Int>(0)

    init(pool: DatabasePool) {
        self.pool = pool
    }

    /// Number of transactions committed so far.
    var transactions: Int { committed.load(ordering: .relaxed) }

    func submit(_ operation: Operation) {
        guard queue.withLock({ $0.add(operation) }) == .start else { return }
        pool.asyncWriteWithoutTransaction { [self] db in
            while let batch = queue.withLock({ $0.nextBatch() }) { commit(batch, db) }
        }
    }

    private func commit(_ batch: [Operation], _ db: Database) {
        var results: [Result<Operation.Report, StoreError>] = []
        results.reserveCapacity(batch.count)
        do {
            if db.isInsideTransaction { try db.rollback() }
            try db.beginTransaction(.immediate)
            for operation in batch { results.append(try attempt(operation, db)) }
            try db.commit()
        } catch {
            if db.isInsideTransaction { try? db.rollback() }
            let error = StoreError(driver: error)
            for operation in batch { operation.fail(error) }
            return
        }
        committed.add(1, ordering: .relaxed)
        Operation.tell(batch, results)
    }

    /// Throws only when the transaction as a whole is lost.
    private func attempt(_ operation: Operation, _ db: Database) throws -> Result<Operation.Report, StoreError> {
        try db.cachedStatement(sql: "SAVEPOINT operation").execute()
        do {
            let report = try operation.perform(db)
            try db.cachedStatement(sql: "RELEASE operation").execute()
            return .success(report)
        } catch {
            // A full disk may make SQLite roll back everything by itself.
            guard db.isInsideTransaction else { throw error }
            try db.cachedStatement(sql: "ROLLBACK TO operation").execute()
            try db.cachedStatement(sql: "RELEASE operation").execute()
            return .failure(StoreError(driver: error))
        }
    }
}
