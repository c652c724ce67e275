import NIOCore

/// A connection to a provider that may be used from any task; one request at a time.
struct ClientConnection: Sendable {
    let channel: any Channel
    private let handler: NIOLoopBound<ExchangeHandler>

    init(channel: any Channel, handler: NIOLoopBound<ExchangeHandler>) {
        self.channel = channel
        self.handler = handler
    }

    /// Sends and waits for the whole answer; a cancelled task closes the connection, which the provider notices.
    func send(_ request: ClientRequest, timeout: Duration) async throws(ClientError) -> ExchangeResult {
        let promise = channel.eventLoop.makePromise(of: ExchangeResult.self)
        channel.eventLoop.execute { [channel, handler] in
            guard let context = try? channel.pipeline.syncOperations.context(handler: handler.value) else {
                promise.fail(ClientError(.closed, wasSent: false, detail: "the kept connection was closed"))
                return
            }
            handler.value.send(
                request, timeout: .nanoseconds(timeout.clampedNanoseconds), promise: promise, context: context)
        }
        do {
            return try await withTaskCancellationHandler {
                try await promise.futureResult.get()
            } onCancel: {
                channel.eventLoop.execute { [channel, handler] in
                    guard let context = try? channel.pipeline.syncOperations.context(handler: handler.value) else {
                        return
                    }
                    handler.value.cancel(context: context)
                }
            }
        } catch let error as ClientError {
            throw error
        } catch {
            throw ClientError(.closed, wasSent: true, detail: "\(error)")
        }
    }
}

extension Duration {
    /// Nanoseconds between 1 and one hour: what a timer of the event loop takes.
    var clampedNanoseconds: Int64 {
        let bounded = min(max(self, .nanoseconds(1)), .seconds(3600))
        let (seconds, attoseconds) = bounded.components
        return seconds * 1_000_000_000 + attoseconds / 1_000_000_000
    }
}
