import Contracts

/// Rows that wait for the ledger, gathered so that one operation writes many, and bounded in number.
struct LedgerQueue: Sendable {
    struct Entry: Sendable {
        let rows: [EncodedCall]
        /// Called with nil once the rows are durable.
        let report: @Sendable (StoreError?) -> Void
    }

    enum Action: Equatable {
        /// No write is under way: hand one to the writer.
        case write
        /// The write under way, or the one after it, takes the rows along.
        case wait
        /// Too many rows wait already.
        case refuse
    }

    private enum State {
        case idle
        /// `taken` are in the open transaction.
        case writing(taken: [Entry])
    }

    private var state: State = .idle
    private var waiting: [Entry] = []
    private var waitingRows = 0
    private let rowLimit: Int

    init(rowLimit: Int) {
        self.rowLimit = rowLimit
    }

    mutating func add(_ entry: Entry) -> Action {
        // A batch larger than the limit may still come alone.
        guard waiting.isEmpty || waitingRows + entry.rows.count <= rowLimit else { return .refuse }
        waiting.append(entry)
        waitingRows += entry.rows.count
        guard case .idle = state else { return .wait }
        state = .writing(taken: [])
        return .write
    }

    /// The entries to write now: at most `rows` rows, but at least one entry; those taken already, where the transaction
    /// has to be done again.
    mutating func take(rows: Int) -> [Entry] {
        if case .writing(let taken) = state, !taken.isEmpty { return taken }
        var count = 0
        var taken = 0
        while taken < waiting.count, taken == 0 || count + waiting[taken].rows.count <= rows {
            count += waiting[taken].rows.count
            taken += 1
        }
        let entries = Array(waiting.prefix(taken))
        waiting.removeFirst(taken)
        waitingRows -= count
        state = .writing(taken: entries)
        return entries
    }

    /// The transaction has ended: whom to tell, and whether more rows wait for a further write.
    mutating func finish() -> (entries: [Entry], again: Bool) {
        guard case .writing(let taken) = state else { return ([], false) }
        state = waiting.isEmpty ? .idle : .writing(taken: [])
        return (taken, !waiting.isEmpty)
    }

    /// The transaction failed before anything was taken: whatever waits fails with it.
    mutating func finishFailed(rows: Int) -> (entries: [Entry], again: Bool) {
        if case .writing(let taken) = state, taken.isEmpty { _ = take(rows: rows) }
        return finish()
    }
}
