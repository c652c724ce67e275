import Synchronization

/// The connections for reading: each call takes a free one, or waits for its turn; who would wait behind too many is
/// refused.
final class PostgresReaders: Sendable {
    private struct State {
        var free: [PostgresLink]
        /// Oldest first.
        var waiting: [CheckedContinuation<PostgresLink, Never>] = []
    }

    private let state: Mutex<State>
    private let all: [PostgresLink]
    private let waitingLimit: Int
    private let timeout: Duration

    init(_ ground: PostgresLink.Ground) {
        all = (1...max(1, ground.options.readers)).map { PostgresLink(ground, label: "reader\($0)") }
        state = Mutex(State(free: all))
        waitingLimit = ground.options.waitingReads
        timeout = ground.options.statementTimeout
    }

    /// Runs one statement, which sees the last commit.
    func query(_ sql: String, _ parameters: [PostgresValue] = []) async throws(StoreError) -> PostgresRows {
        let statement = PostgresStatement(sql, parameters)
        let link = try await take()
        defer { giveBack(link) }
        return try await link.perform { [timeout] connection in
            try connection.run([statement], timeout: timeout)[0]
        }
    }

    private func take() async throws(StoreError) -> PostgresLink {
        // The one used last: connections that nobody needs are then not even made.
        if let free = state.withLock({ $0.free.popLast() }) { return free }
        guard state.withLock({ $0.waiting.count < waitingLimit }) else {
            throw StoreError(.overloaded, "Too many reads wait for the database.")
        }
        return await withCheckedContinuation { continuation in
            let free = state.withLock { state -> PostgresLink? in
                if let free = state.free.popLast() { return free }
                state.waiting.append(continuation)
                return nil
            }
            if let free { continuation.resume(returning: free) }
        }
    }

    private func giveBack(_ link: PostgresLink) {
        let next = state.withLock { state -> CheckedContinuation<PostgresLink, Never>? in
            if state.waiting.isEmpty {
                state.free.append(link)
                return nil
            }
            return state.waiting.removeFirst()
        }
        next?.resume(returning: link)
    }

    func close() {
        for link in all { link.close() }
    }
}
