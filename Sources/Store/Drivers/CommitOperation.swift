/// One piece of work that waits for a writer's next transaction.
struct CommitOperation<Transaction>: Sendable {
    /// What to do once the work is durable.
    typealias Report = @Sendable () -> Void

    /// Runs inside the transaction.
    let perform: @Sendable (Transaction) throws -> Report
    let fail: @Sendable (StoreError) -> Void

    /// Tells everybody of a transaction that is durable what became of their work.
    static func tell(_ batch: [CommitOperation], _ results: [Result<Report, StoreError>]) {
        for (operation, result) in zip(batch, results) {
            switch result {
            case .success(let report): report()
            case .failure(let error): operation.fail(error)
            }
        }
    }
}

/// Puts operations into transactions, as many as wait into each.
protocol CommitWriter: Sendable {
    associatedtype Transaction

    func submit(_ operation: CommitOperation<Transaction>)
}

extension CommitWriter {
    /// Runs `work` in the next transaction and returns once that is durable.
    func run<Value: Sendable>(
        _ work: @escaping @Sendable (Transaction) throws -> Value
    ) async throws(StoreError) -> Value {
        let result: Result<Value, StoreError> = await withCheckedContinuation { continuation in
            submit(
                CommitOperation(
                    perform: { transaction in
                        let value = try work(transaction)
                        return { continuation.resume(returning: .success(value)) }
                    },
                    fail: { continuation.resume(returning: .failure($0)) }))
        }
        return try result.get()
    }
}
