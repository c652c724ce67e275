import NIOCore

/// The client on one event loop: the pools of all endpoints, and the clock of all attempts. Confined to that loop.
final class LoopClient {
    let loop: any EventLoop
    let options: HTTPClient.Options
    let deadlines: Deadlines
    private let idleTime: TimeAmount
    private var pools: [ObjectIdentifier: EndpointPool] = [:]
    private var lastPool: EndpointPool?
    private var hasSweep = false
    private var isClosed = false

    init(loop: any EventLoop, options: HTTPClient.Options) {
        self.loop = loop
        self.options = options
        self.deadlines = Deadlines(loop: loop)
        idleTime = options.idleTimeout.timeAmount
    }

    func start(_ request: consuming ClientRequest, _ delegate: any ClientExchangeDelegate) -> Attempt {
        let now = NIODeadline.now()
        let attempt = Attempt(request, home: self, now: now, delegate: delegate)
        pool(of: attempt.request.endpoint).start(attempt, now: now)
        if !attempt.isOver { deadlines.add(attempt) }
        attempt.hasStarted()
        return attempt
    }

    /// Idle connections are looked after from now on.
    func hasIdleConnection() {
        guard !hasSweep else { return }
        sweep(in: idleTime)
    }

    func close() {
        isClosed = true
        for pool in pools.values { pool.close() }
    }

    func count() -> HTTPClient.Counts {
        pools.values.reduce(into: HTTPClient.Counts(attempts: deadlines.count)) { $1.count(into: &$0) }
    }

    private func pool(of endpoint: Endpoint) -> EndpointPool {
        if let lastPool, lastPool.endpoint === endpoint { return lastPool }
        let pool = pools[ObjectIdentifier(endpoint)] ?? newPool(endpoint)
        lastPool = pool
        return pool
    }

    private func newPool(_ endpoint: Endpoint) -> EndpointPool {
        let pool = EndpointPool(endpoint, home: self)
        if isClosed { pool.close() }
        pools[ObjectIdentifier(endpoint)] = pool
        return pool
    }

    private func sweep(in delay: TimeAmount) {
        hasSweep = true
        loop.assumeIsolated().scheduleTask(in: delay) {
            self.hasSweep = false
            let now = NIODeadline.now()
            var oldest = NIODeadline.distantFuture
            for (key, pool) in self.pools {
                oldest = min(oldest, pool.closeIdle(since: now - self.idleTime))
                guard pool.isEmpty else { continue }
                self.pools[key] = nil
                if self.lastPool === pool { self.lastPool = nil }
            }
            guard oldest < .distantFuture else { return }
            self.sweep(in: max(oldest + self.idleTime - now, .milliseconds(10)))
        }
    }
}
