import Dispatch
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A connection that comes back: work is done on a thread of its own, one piece after the other, on a connection that is
/// made when it is needed and made again when it was lost.
///
/// Safe to share: `connection` is touched on `queue` alone, which is serial.
final class PostgresLink: @unchecked Sendable {
    /// What all links of a store have in common.
    final class Ground: Sendable {
        let address: PostgresAddress
        let options: PostgresOptions
        let outage: Mutex<PostgresOutage>
        let prepares: Atomic<Bool>
        let isClosed = Atomic<Bool>(false)

        init(address: PostgresAddress, options: PostgresOptions) {
            self.address = address
            self.options = options
            outage = Mutex(PostgresOutage(patience: options.patience))
            prepares = Atomic(address.preparesStatements)
        }
    }

    private let ground: Ground
    private let queue: DispatchQueue
    private var connection: PostgresConnection?

    init(_ ground: Ground, label: String) {
        self.ground = ground
        queue = DispatchQueue(label: "footing.store.\(label)")
    }

    /// Does the work on the link's own thread, after what was asked for before.
    func submit(_ work: @escaping @Sendable (PostgresLink) -> Void) {
        queue.async { work(self) }
    }

    func perform<Value: Sendable>(
        _ work: @escaping @Sendable (PostgresConnection) throws -> Value
    ) async throws(StoreError) -> Value {
        let result: Result<Value, StoreError> = await withCheckedContinuation { continuation in
            submit { link in
                continuation.resume(
                    returning: Result { () throws(StoreError) -> Value in try link.attempt(work) })
            }
        }
        return try result.get()
    }

    /// Does the work, from its beginning again where it collided with another transaction or where the connection was
    /// lost with nothing written. On the link's thread only.
    func attempt<Value>(_ work: (PostgresConnection) throws -> Value) throws(StoreError) -> Value {
        let began = SystemClock().uptime()
        var collisions = 0
        while true {
            let connection = try connected(since: began)
            do {
                return try work(connection)
            } catch let failure as PostgresFailure {
                if failure.kind == .lost || !connection.endTransaction(timeout: ground.options.statementTimeout) {
                    self.connection = nil
                }
                collisions += 1
                guard mayRepeat(failure, collisions, since: began) else { throw StoreError(postgres: failure) }
            } catch {
                if !connection.endTransaction(timeout: ground.options.statementTimeout) { self.connection = nil }
                throw error as? StoreError ?? StoreError(.failed, "The state store failed.", detail: "\(error)")
            }
        }
    }

    private func mayRepeat(_ failure: PostgresFailure, _ count: Int, since began: Duration) -> Bool {
        if failure.isStaleStatement {
            connection = nil
            // It happens once where tables change; behind a pooler it would go on.
            if count > 1, failure.sqlState != "0A000" { ground.prepares.store(false, ordering: .relaxed) }
            return count <= 4
        }
        if failure.isCollision {
            guard count < 12 else { return false }
            pause(.milliseconds(1) * (1 << min(count, 6)) * Double.random(in: 0.2...1))
            return true
        }
        guard failure.kind == .lost, !failure.isUnconfirmed else { return false }
        return SystemClock().uptime() - began < ground.options.patience && count < 12
    }

    private func connected(since began: Duration) throws(StoreError) -> PostgresConnection {
        var last: PostgresFailure?
        while true {
            guard !ground.isClosed.load(ordering: .relaxed) else {
                connection = nil
                throw StoreError(.unavailable, "The store was closed.")
            }
            if let connection, connection.isUsable,
                connection.prepares == ground.prepares.load(ordering: .relaxed)
            {
                return connection
            }
            connection = nil
            let now = SystemClock().uptime()
            switch ground.outage.withLock({ $0.action(at: now, waited: now - began) }) {
            case .giveUp:
                throw StoreError(postgres: last ?? PostgresFailure(.lost, message: "no answer for some time"))
            case .wait(let duration):
                pause(min(duration, .milliseconds(100)))
            case .connect:
                do throws(PostgresFailure) {
                    connection = try PostgresConnection(
                        ground.address, prepares: ground.prepares.load(ordering: .relaxed),
                        timeout: ground.options.connectTimeout)
                    ground.outage.withLock { $0.succeeded() }
                } catch {
                    last = error
                    ground.outage.withLock { $0.failed(at: SystemClock().uptime(), jitter: .random(in: 0...1)) }
                    let waited = SystemClock().uptime() - began
                    guard waited < ground.options.patience, Self.mayPass(error) else {
                        throw StoreError(postgres: error)
                    }
                }
            }
        }
    }

    /// A wrong password or name does not get better by waiting.
    private static func mayPass(_ failure: PostgresFailure) -> Bool {
        guard let state = failure.sqlState else { return true }
        return !state.hasPrefix("28") && !state.hasPrefix("3D")
    }

    private func pause(_ duration: Duration) {
        usleep(UInt32(clamping: max(0, Int64(duration.milliseconds * 1000))))
    }

    /// Ends the connection once what was asked for before is done.
    func close() {
        submit { $0.connection = nil }
    }
}
