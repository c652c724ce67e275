import Inventory
import NIOCore

/// The connections to one endpoint on one event loop. Confined to that loop.
final class EndpointPool {
    private typealias State = PoolState<HTTP1Connection, HTTP2Connection, Attempt>

    let home: LoopClient
    let endpoint: Endpoint
    private let connector: Connector
    private var state: State
    /// How long the newest waiter waits.
    private var patience = TimeAmount.zero
    /// The last connection of HTTP/2, while it is open.
    private var multiplexer: HTTP2Connection?

    init(_ endpoint: Endpoint, home: LoopClient) {
        self.endpoint = endpoint
        self.home = home
        connector = Connector(endpoint: endpoint, loop: home.loop)
        let speech: State.Speech =
            switch endpoint.http2 {
            case .auto: endpoint.isSecure ? .unknown : .http1
            case .never: .http1
            case .always: .http2
            }
        state = State(
            kept: home.options.keptPerEndpoint, limit: home.options.connectionsPerEndpoint, speech: speech)
    }

    var isEmpty: Bool { state.isEmpty && multiplexer == nil }

    // MARK: Attempts

    func start(_ attempt: Attempt, now: NIODeadline) {
        while true {
            switch state.place(attempt) {
            case .connection(let connection):
                // A connection on its way out is passed over.
                guard connection.carry(attempt) else { continue }
            case .stream(let multiplexer):
                multiplexer.carry(attempt)
            case .queue:
                attempt.waits(in: self, now: now)
                patience = attempt.request.connectTimeout.timeAmount
                connect()
            }
            return
        }
    }

    func forget(_ attempt: Attempt) {
        state.forget(attempt)
    }

    // MARK: Connections of HTTP/1.1

    /// The connection may carry another exchange.
    func released(_ connection: HTTP1Connection) {
        settle(connection, state.released(connection, at: .now()))
    }

    func closed(_ connection: HTTP1Connection) {
        state.closed(connection)
        connect()
    }

    private func settle(_ connection: HTTP1Connection, _ release: State.Release) {
        switch release {
        case .carry(let attempt):
            if !connection.carry(attempt) {
                attempt.failed(ClientError(.closed, wasSent: false, detail: "the connection was closed"))
            }
        case .keep: home.hasIdleConnection()
        case .close: connection.close()
        }
    }

    // MARK: Connections of HTTP/2

    /// The provider told how many streams it takes.
    func connected(_ connection: HTTP2Connection, slots: Int) {
        multiplexer = connection
        home.hasIdleConnection()
        for attempt in state.connected(connection, slots: slots) { connection.carry(attempt) }
    }

    func slotsChanged(_ connection: HTTP2Connection, by change: Int) {
        for attempt in state.slotsChanged(connection, by: change) { connection.carry(attempt) }
    }

    /// The connection takes no more streams.
    func ended(_ connection: HTTP2Connection) {
        if multiplexer === connection { multiplexer = nil }
        state.ended(connection)
        connect()
    }

    // MARK: Housekeeping

    /// Closes what has been idle since before then; since when the oldest of the rest has been.
    func closeIdle(since time: NIODeadline) -> NIODeadline {
        for connection in state.expired(before: time) { connection.close() }
        var oldest = state.oldestIdle ?? .distantFuture
        if let multiplexer {
            if let since = multiplexer.idleSince, since <= time {
                multiplexer.close()
            } else {
                oldest = min(oldest, multiplexer.idleSince ?? .now())
            }
        }
        return oldest
    }

    func close() {
        for connection in state.close() { connection.close() }
        multiplexer?.closeWhenIdle()
    }

    func count(into counts: inout HTTPClient.Counts) {
        counts.open += state.open + (multiplexer == nil ? 0 : 1)
        counts.idle += state.idleCount
        counts.waiting += state.waitingCount
    }

    // MARK: Connecting

    private func connect() {
        for _ in 0..<state.missing() {
            connector.open(within: patience) { result in
                switch result {
                case .success(.http1(let channel)):
                    self.adopt(channel)
                case .success(.http2(let channel)):
                    HTTP2Connection.start(on: channel, pool: self, endpoint: self.endpoint, within: self.patience)
                case .failure(let error):
                    self.connectFailed(error)
                }
            }
        }
    }

    func connectFailed(_ error: ClientError) {
        let unlucky = state.connectFailed()
        connect()
        unlucky?.failed(error)
    }

    private func adopt(_ channel: any Channel) {
        let connection = HTTP1Connection(pool: self, endpoint: endpoint, limits: home.options.wire)
        guard channel.isActive, (try? channel.pipeline.syncOperations.addHandler(connection)) != nil else {
            channel.close(promise: nil)
            connectFailed(ClientError(.closed, wasSent: false, detail: "the new connection was closed"))
            return
        }
        settle(connection, state.connected(connection, at: .now()))
        connect()
    }
}
