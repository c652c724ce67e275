/// Everything that a node keeps, whichever driver keeps it.
package protocol StateStore: TaskStore, CallStore, TokenStore, IntentStore, ControlStore, ShareStore, QuotaStore,
    PauseStore, SpendingStore, TallyStore, StoreSignals
{
    /// Whether other nodes may use the store at the same time: then a lease is over only when its time is.
    var isShared: Bool { get }
    /// Ends all connections; later use throws.
    func close() throws(StoreError)
}

/// Which store a node uses, and the one place where it is opened.
package enum StateStoreChoice: Sendable {
    case file(path: String)
    case database(PostgresAddress)

    /// The environment variable that names a database.
    package static let variable = "FOOTING_DATABASE_URL"

    /// The database that the variable names; a file where it is not set. Throws when it does not name a database.
    package init(address: String?, file: String) throws(StoreError) {
        if let address, !address.isEmpty {
            self = .database(try PostgresAddress(address))
        } else {
            self = .file(path: file)
        }
    }

    /// Opens the store, and makes or updates its tables.
    package func open() async throws(StoreError) -> any StateStore {
        switch self {
        case .file(let path): try SQLiteStore.open(path: path)
        case .database(let address): try await PostgresStore.open(address)
        }
    }
}

extension SQLiteStore: StateStore {
    package var isShared: Bool { false }

    package func hints() -> AsyncStream<StoreHint> {
        AsyncStream { $0.finish() }
    }
}

extension PostgresStore: StateStore {
    package var isShared: Bool { true }

    package func hints() -> AsyncStream<StoreHint> { signals.hints() }
}
