import HTTPTypes
import Inventory
import NIOCore
import NIOHTTP1

/// Carries one request at a time over a client connection; confined to the channel's event loop.
final class ExchangeHandler: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPClientResponsePart
    typealias OutboundOut = HTTPClientRequestPart

    private var exchange: Exchange
    private var promise: EventLoopPromise<ExchangeResult>?
    /// Ends the exchange while one is under way, the idle connection while none is.
    private var timer: Scheduled<Void>?
    private let idleTimeout: TimeAmount

    init(bodyLimit: Int, idleTimeout: TimeAmount) {
        self.exchange = Exchange(bodyLimit: bodyLimit)
        self.idleTimeout = idleTimeout
    }

    func send(
        _ request: ClientRequest, timeout: TimeAmount, promise: EventLoopPromise<ExchangeResult>,
        context: ChannelHandlerContext
    ) {
        guard exchange.isIdle, context.channel.isActive else {
            promise.fail(ClientError(.closed, wasSent: false, detail: "the kept connection was closed"))
            return
        }
        self.promise = promise
        exchange.requestSent()
        restartTimer(timeout, context)
        context.write(wrapOutboundOut(.head(Self.head(of: request))), promise: nil)
        if request.body.readableBytes > 0 {
            context.write(wrapOutboundOut(.body(.byteBuffer(request.body))), promise: nil)
        }
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    }

    func cancel(context: ChannelHandlerContext) {
        perform(exchange.failed(.closed, "the caller left"), context)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        perform(exchange.received(unwrapInboundIn(data)), context)
    }

    func channelInactive(context: ChannelHandlerContext) {
        timer?.cancel()
        perform(exchange.failed(.closed, "the provider closed the connection"), context)
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        let reason: ClientError.Reason = error is HTTPParserError ? .malformed : .closed
        perform(exchange.failed(reason, "\(error)"), context)
    }

    private func perform(_ action: Exchange.Action, _ context: ChannelHandlerContext) {
        switch action {
        case .nothing:
            break
        case .finish(let status, let headers, let body, let reuse):
            let response = ClientResponse(status: status, headers: headers, body: body)
            settle { $0.succeed(ExchangeResult(response: response, isReusable: reuse)) }
            if reuse { restartTimer(idleTimeout, context) } else { context.close(promise: nil) }
        case .fail(let error):
            settle { $0.fail(error) }
            context.close(promise: nil)
        case .close:
            context.close(promise: nil)
        }
    }

    private func settle(_ body: (EventLoopPromise<ExchangeResult>) -> Void) {
        timer?.cancel()
        timer = nil
        if let promise {
            self.promise = nil
            body(promise)
        }
    }

    private func restartTimer(_ delay: TimeAmount, _ context: ChannelHandlerContext) {
        timer?.cancel()
        let loopBound = NIOLoopBound(context, eventLoop: context.eventLoop)
        timer = context.eventLoop.assumeIsolated().scheduleTask(in: delay) {
            self.perform(self.exchange.failed(.timeout, "no whole answer in time"), loopBound.value)
        }
    }

    private static func head(of request: ClientRequest) -> HTTPRequestHead {
        var headers = HTTPHeaders()
        headers.add(name: "Host", value: request.origin.authority)
        for field in request.headers {
            headers.add(name: field.name.rawName, value: field.value)
        }
        let length = request.body.readableBytes
        if length > 0 || ["POST", "PUT", "PATCH"].contains(request.method) {
            headers.add(name: "Content-Length", value: String(length))
        }
        return HTTPRequestHead(
            version: .http1_1, method: HTTPMethod(rawValue: request.method),
            uri: request.origin.basePath + request.target, headers: headers)
    }
}

/// A whole answer, and whether its connection may carry another request.
struct ExchangeResult: Sendable {
    let response: ClientResponse
    let isReusable: Bool
}
