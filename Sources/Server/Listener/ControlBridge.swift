package import Hummingbird
package import Logging
import NIOCore
package import Wire

/// Answers requests by the routes of a Hummingbird router: everything that is not a call to a provider.
///
/// Each request is a task below `run`, cancelled when its caller leaves.
package final class ControlBridge: Sendable {
    private let responder: RouterResponder<ServerContext>
    private let logger: Logger
    private let exchanges: AsyncStream<ControlExchange>
    private let hand: AsyncStream<ControlExchange>.Continuation

    package init(responder: RouterResponder<ServerContext>, logger: Logger) {
        self.responder = responder
        self.logger = logger
        (exchanges, hand) = AsyncStream.makeStream()
    }

    /// On the exchange's loop; the router is asked on the tasks' own threads.
    package func accept(_ head: RequestHead, _ exchange: any ServerExchange) -> any ServerExchangeDelegate {
        let control = ControlExchange(head, exchange)
        if case .terminated = hand.yield(control) {
            let (head, content) = RefusalAnswer.make(RefusalAnswer.busy)
            exchange.answer(head, content)
        }
        return control
    }

    /// Runs the routes' tasks until cancelled; once.
    package func run() async {
        await withDiscardingTaskGroup { tasks in
            for await exchange in exchanges {
                tasks.addTask { await self.answer(exchange) }
            }
        }
    }

    private func answer(_ exchange: ControlExchange) async {
        // Waited for at once; a task of its own so that the caller's leaving can cancel it.
        let task = Task { await respond(exchange) }
        exchange.cancelWhenLeft(task)
        await withTaskCancellationHandler {
            await task.value
        } onCancel: {
            task.cancel()
        }
    }

    private func respond(_ exchange: ControlExchange) async {
        guard let request = ControlRequest.make(exchange.head, isSecure: exchange.isSecure, exchange) else {
            await exchange.answer(RefusalAnswer.make(WireError("the head cannot be read")))
            return
        }
        let context = ServerContext(
            logger: logger, remoteAddress: exchange.remoteAddress, isSecure: exchange.isSecure)
        do {
            let response = try await responder.respond(to: request, context: context)
            let writer = ControlWriter(exchange, ControlRequest.head(of: response))
            try await response.body.write(writer)
            await exchange.finish()
        } catch {
            if !(error is CancellationError) {
                logger.debug("answer broken off", metadata: ["reason": "\(error)"])
            }
            await exchange.abort()
        }
    }
}
