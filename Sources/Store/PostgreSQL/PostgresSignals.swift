import Dispatch
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// NOTIFY and LISTEN between the nodes of one database.
///
/// Hints are sent apart from the writes they tell of, and gathered: at once when the last notification is some time ago,
/// otherwise when its pause is over. One connection listens, from the first time that somebody asks for hints; through a
/// pooler in transaction mode it hears nothing, which costs nothing but speed.
final class PostgresSignals: Sendable {
    private struct State {
        var pending = PendingHints()
        var isSending = false
        var isListening = false
        var listeners: [Int: AsyncStream<StoreHint>.Continuation] = [:]
        var nextListener = 0
    }

    /// Between two notifications of one node.
    private static let pause: UInt32 = 10_000

    private let ground: PostgresLink.Ground
    private let link: PostgresLink
    private let channel: String
    private let me: String
    private let state = Mutex(State())

    init(_ ground: PostgresLink.Ground, schema: String) {
        self.ground = ground
        link = PostgresLink(ground, label: "signals")
        // Databases have one space of channels for all schemas.
        channel = PostgresStatement("channel of \(schema)").name
        me = String(UInt64.random(in: .min ... .max), radix: 36)
    }

    func tell(_ hint: StoreHint) {
        let starts = state.withLock { state in
            state.pending.add(hint)
            defer { state.isSending = true }
            return !state.isSending
        }
        guard starts else { return }
        link.submit { [self] link in send(link) }
    }

    private func send(_ link: PostgresLink) {
        while true {
            let payload = state.withLock { state -> String? in
                guard !state.pending.isEmpty else {
                    state.isSending = false
                    return nil
                }
                return state.pending.take(sender: me)
            }
            guard let payload else { return }
            // A hint that cannot be sent is left out: everybody looks for themselves before long.
            _ = try? link.attempt { connection in
                try connection.run(
                    [PostgresStatement("SELECT pg_notify($1, $2)", [.text(channel), .text(payload)])],
                    timeout: ground.options.statementTimeout)
            }
            usleep(Self.pause)
        }
    }

    func hints() -> AsyncStream<StoreHint> {
        AsyncStream(bufferingPolicy: .bufferingNewest(4096)) { continuation in
            guard ground.options.listens, !ground.isClosed.load(ordering: .relaxed) else {
                continuation.finish()
                return
            }
            let (id, starts) = state.withLock { state in
                state.nextListener += 1
                state.listeners[state.nextListener] = continuation
                defer { state.isListening = true }
                return (state.nextListener, !state.isListening)
            }
            continuation.onTermination = { [weak self] _ in
                self?.state.withLock { $0.listeners[id] = nil }
            }
            if starts { startListening() }
        }
    }

    /// Runs until the store is closed; nobody waits for it.
    private func startListening() {
        DispatchQueue(label: "footing.store.listener").async { [self] in
            var failures = 0
            while !ground.isClosed.load(ordering: .relaxed) {
                do {
                    try listen { failures = 0 }
                } catch {
                    failures += 1
                }
                let pause = min(2_000_000, 50_000 << min(failures, 6))
                if !ground.isClosed.load(ordering: .relaxed) { usleep(UInt32.random(in: 1...UInt32(pause))) }
            }
            for listener in state.withLock({ $0.listeners.values.map { $0 } }) { listener.finish() }
        }
    }

    private func listen(_ connected: () -> Void) throws(PostgresFailure) {
        let connection = try PostgresConnection(
            ground.address, prepares: false, timeout: ground.options.connectTimeout)
        _ = try connection.run(
            [PostgresStatement("LISTEN \(channel)")], timeout: ground.options.statementTimeout)
        connected()
        yield([.everything])
        while !ground.isClosed.load(ordering: .relaxed) {
            // Looked up from now and then, to see whether the store was closed.
            guard try connection.wait(for: Int16(POLLIN), Deadline(after: .milliseconds(500))) else { continue }
            for payload in try connection.takeNotifications() {
                yield(PendingHints.read(payload, me: me))
            }
        }
    }

    private func yield(_ hints: [StoreHint]) {
        guard !hints.isEmpty else { return }
        for listener in state.withLock({ $0.listeners.values.map { $0 } }) {
            for hint in hints { listener.yield(hint) }
        }
    }

    func close() {
        link.close()
    }
}
