import Inventory
package import NIOCore
package import Wire

/// The one way out of the process over HTTP: HTTP/1.1 and HTTP/2, with connections kept for each endpoint and event loop.
///
/// Everything about a request happens on the loop that asked; loops share nothing.
package final class HTTPClient: ProviderClient {
    /// Counts are for one endpoint on one loop.
    package struct Options: Sendable {
        /// Idle connections are closed after this; shorter than the minute after which most servers do.
        package var idleTimeout: Duration = .seconds(55)
        package var keptPerEndpoint = 64
        /// Attempts beyond wait their turn within their connect time-out.
        package var connectionsPerEndpoint = 512
        /// How long content is held back where the provider does not answer `Expect: 100-continue`.
        package var continueTimeout: Duration = .seconds(1)
        package var wire = WireLimits()

        package init() {}
    }

    /// What there is, over all endpoints and loops.
    package struct Counts: Sendable, Equatable {
        /// Connections, used or idle.
        package var open = 0
        /// Idle connections of HTTP/1.1.
        package var idle = 0
        /// Attempts without a connection.
        package var waiting = 0
        /// All attempts.
        package var attempts = 0

        static func += (left: inout Counts, right: Counts) {
            left.open += right.open
            left.idle += right.idle
            left.waiting += right.waiting
            left.attempts += right.attempts
        }
    }

    private let all: [any EventLoop]
    /// As few as there are cores, so that looking through them is quicker than a table.
    private let loops: [(loop: ObjectIdentifier, client: NIOLoopBoundBox<LoopClient>)]

    /// - Parameter group: the loops that may ask.
    package init(group: any EventLoopGroup, options: Options = Options()) {
        all = Array(group.makeIterator())
        loops = all.map { loop in
            let client = NIOLoopBoundBox.makeBoxSendingValue(LoopClient(loop: loop, options: options), eventLoop: loop)
            return (ObjectIdentifier(loop), client)
        }
    }

    deinit { shutdown() }

    package func start(
        _ request: consuming ClientRequest, on loop: any EventLoop, _ delegate: any ClientExchangeDelegate
    ) -> any ClientExchange {
        let wanted = ObjectIdentifier(loop)
        guard let home = loops.first(where: { $0.loop == wanted }) else {
            preconditionFailure("requests are started on a loop of the client's group")
        }
        return home.client.value.start(request, delegate)
    }

    /// Always the same one for an endpoint.
    func loop(for endpoint: Endpoint) -> any EventLoop {
        all[Int(ObjectIdentifier(endpoint).hashValue.magnitude % UInt(all.count))]
    }

    /// Closes the idle connections; requests under way end as they would, and their connections with them.
    package func shutdown() {
        for (_, box) in loops { box.eventLoop.execute { box.value.close() } }
    }

    package func counts() async -> Counts {
        var counts = Counts()
        for (_, box) in loops {
            if let more = try? await box.eventLoop.submit({ box.value.count() }).get() { counts += more }
        }
        return counts
    }
}
