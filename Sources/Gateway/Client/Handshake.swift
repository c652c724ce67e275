import NIOCore
import NIOTLS

/// Waits until TLS is agreed on, then leaves the pipeline.
final class Handshake: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer

    /// The protocol chosen by ALPN, if any.
    private var outcome: Result<String?, ClientError>?
    private var done: ((Result<String?, ClientError>) -> Void)?
    private var timer: Scheduled<Void>?
    private var context: ChannelHandlerContext?

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
        settle(.failure(ClientError(.closed, wasSent: false, detail: "the new connection was closed")))
    }

    /// - Parameter done: called once; may add handlers, which then see all that follows.
    func wait(until due: NIODeadline, _ done: @escaping (Result<String?, ClientError>) -> Void) {
        self.done = done
        if let outcome { return tell(outcome) }
        timer = context?.eventLoop.assumeIsolated().scheduleTask(deadline: due) {
            self.settle(.failure(ClientError(.timeout, wasSent: false, detail: "TLS was not agreed on in time")))
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .handshakeCompleted(let negotiated) = event as? TLSUserEvent {
            settle(.success(negotiated))
        } else {
            context.fireUserInboundEventTriggered(event)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard outcome == nil else { return context.fireErrorCaught(error) }
        let reason: ClientError.Reason = error is IOError ? .closed : .tls
        settle(.failure(ClientError(reason, wasSent: false, detail: "\(error)")))
    }

    func channelInactive(context: ChannelHandlerContext) {
        settle(
            .failure(
                ClientError(.tls, wasSent: false, detail: "the connection ended while TLS was being agreed on")))
        context.fireChannelInactive()
    }

    private func settle(_ result: Result<String?, ClientError>) {
        guard outcome == nil else { return }
        outcome = result
        if done != nil { tell(result) }
    }

    private func tell(_ result: Result<String?, ClientError>) {
        timer?.cancel()
        timer = nil
        let done = done
        self.done = nil
        done?(result)
        if let context { context.pipeline.syncOperations.removeHandler(context: context, promise: nil) }
    }
}
