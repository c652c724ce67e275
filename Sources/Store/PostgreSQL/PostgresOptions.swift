/// How long the store waits for its database, and how much it asks of it.
package struct PostgresOptions: Sendable {
    /// For one connection to be made.
    package var connectTimeout: Duration = .seconds(5)
    /// For the answer to one round trip.
    package var statementTimeout: Duration = .seconds(30)
    /// How long a call waits for a database that is away before it fails.
    package var patience: Duration = .seconds(5)
    /// Connections for reading; four more are used for writing, signals and maintenance.
    package var readers = 4
    /// Reads that may wait for one of them.
    package var waitingReads = 1024
    /// Whether to listen for what other nodes tell; they are asked at intervals either way.
    package var listens = true

    package init() {}
}
