import Synchronization
import TestSupport
import Testing

@testable import Store

/// Each with a server of its own, which is stopped and started under the store.
@Suite("PostgreSQL store under faults", .serialized, .enabled(if: PostgresServer.programs != nil))
struct PostgresFaultTests {
    private static let server = PostgresServer.start(maxConnections: 30)
    private let server: PostgresServer

    init() throws {
        server = try #require(Self.server)
    }

    private func open(patience: Duration = .seconds(20)) async throws -> PostgresStore {
        var options = PostgresOptions()
        options.patience = patience
        return try await server.store(options)
    }

    /// Submits one task after the other until told to stop; returns the numbers of those acknowledged, and the codes of
    /// the errors of the others.
    private func submitting(
        _ store: PostgresStore, _ isOver: @escaping @Sendable () -> Bool
    ) async -> (acknowledged: [Int], errors: Set<StoreError.Code>) {
        var acknowledged: [Int] = []
        var errors: Set<StoreError.Code> = []
        var number = 0
        while !isOver() {
            number += 1
            do {
                _ = try await store.submit(.sample(number), at: .at(0))
                acknowledged.append(number)
            } catch {
                errors.insert((error as? StoreError)?.code ?? .failed)
            }
        }
        return (acknowledged, errors)
    }

    @Test(
        "a restart of the server loses nothing acknowledged and needs no restart of ours",
        arguments: ["fast", "immediate"])
    func restart(_ mode: String) async throws {
        let store = try await open()
        defer { store.close() }
        let isOver = Atomic<Bool>(false)
        async let work = submitting(store) { isOver.load(ordering: .relaxed) }
        await server.control("restart -m \(mode)")
        _ = try await store.task("tk_none")
        isOver.store(true, ordering: .relaxed)
        let (acknowledged, errors) = await work
        #expect(errors.isSubset(of: [.unconfirmed, .unavailable]), "\(errors)")
        for number in acknowledged { #expect(try await store.task(NewTask.sampleID(number)) != nil) }
        _ = try await store.submit(.sample(999_999), at: .at(0))
    }

    @Test("while the server is away a call fails soon and says so; then all goes on")
    func outage() async throws {
        let store = try await open(patience: .milliseconds(300))
        defer { store.close() }
        await server.control("stop -m fast")
        let clock = SystemClock()
        let began = clock.uptime()
        await expectStoreError(.unavailable) { _ = try await store.submit(.sample(1), at: .at(0)) }
        await expectStoreError(.unavailable) { _ = try await store.task("tk_none") }
        await expectStoreError(.unavailable) { try await store.save(.sample(1)) }
        #expect(clock.uptime() - began < .seconds(10))
        await server.control("start")
        // The next attempt to connect may be two seconds away.
        while await storeError({ _ = try await store.submit(.sample(1), at: .at(0)) }) != nil { await Task.yield() }
        #expect(try await store.task(NewTask.sampleID(1)) != nil)
        try await store.save(.sample(1))
    }

    @Test("the end of every single connection is got over, that of the listener too")
    func terminated() async throws {
        let address = try PostgresAddress(server.schema())
        let (store, other) = (try await PostgresStore.open(address), try await PostgresStore.open(address))
        defer {
            store.close()
            other.close()
        }
        var heard = store.hints().makeAsyncIterator()
        #expect(await heard.next() == .everything)
        for number in 1...5 {
            let terminate = """
                SELECT count(pg_terminate_backend(pid)) AS count FROM pg_stat_activity
                WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'
                """
            try await other.commits.run { _ = try $0.execute(terminate) }
            _ = try await store.submit(.sample(number), at: .at(0))
            try await store.save(.sample(number))
            #expect(try await store.task(NewTask.sampleID(number)) != nil)
            #expect(await heard.next() == .everything, "it listens again")
        }
    }

    @Test("a server without a free connection is named as such, and used once it has one")
    func connections() async throws {
        let store = try await open(patience: .milliseconds(300))
        defer { store.close() }
        let address = try PostgresAddress(server.schema())
        var taken: [PostgresConnection] = []
        while let connection = try? PostgresConnection(address, prepares: true, timeout: .seconds(5)) {
            taken.append(connection)
        }
        var reason: String?
        do { try await store.save(.sample(1)) } catch { reason = (error as? StoreError)?.reason }
        #expect(reason?.contains("max_connections") == true, "\(reason ?? "none")")
        taken = []
        while await storeError({ try await store.save(.sample(1)) }) != nil { await Task.yield() }
        #expect(try await store.tokens().count == 1)
    }
}
