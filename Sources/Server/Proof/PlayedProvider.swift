import Contracts
import Gateway
import NIOCore
import Synchronization
import Wire

/// Stands in for a provider: gives one prepared answer to everything and counts what reached it. Nothing leaves the
/// process.
final class PlayedProvider: ProviderClient {
    private let status: Int
    private let fields: FieldList
    private let body: ByteBuffer
    private let count = Atomic<Int>(0)

    init(status: Int, fields: FieldList = [:], body: JSONValue) {
        self.status = status
        var fields = fields
        fields.append(.contentType, "application/json")
        self.fields = fields
        self.body = ByteBuffer(bytes: body.encoded())
    }

    /// Requests that reached it.
    var requests: Int { count.load(ordering: .acquiring) }

    func start(
        _ request: ClientRequest, on loop: any EventLoop, _ delegate: any ClientExchangeDelegate
    ) -> any ClientExchange {
        count.add(1, ordering: .releasing)
        let exchange = PlayedExchange(delegate)
        let bound = NIOLoopBound(exchange, eventLoop: loop)
        let head = ResponseHead(status: status, fields: fields, length: .exactly(body.readableBytes))
        let hasContent = ResponseHead.hasContent(status: status, method: request.head.method)
        let body = hasContent ? body : ByteBuffer()
        loop.execute { bound.value.give(head, body) }
        return exchange
    }
}

/// An exchange with a played provider. Confined to its event loop.
private final class PlayedExchange: ClientExchange {
    private var delegate: (any ClientExchangeDelegate)?
    let isWritable = true
    let wasSent = true

    init(_ delegate: any ClientExchangeDelegate) {
        self.delegate = delegate
    }

    func give(_ head: ResponseHead, _ body: ByteBuffer) {
        delegate?.providerAnswered(head)
        if body.readableBytes > 0 { delegate?.providerSent(body) }
        delegate?.providerFinished(trailers: nil)
        delegate = nil
    }

    func send(_ content: ByteBuffer) {}
    func end(trailers: FieldList?) {}
    func pause() {}
    func resume() {}
    func liftTimeout(silence: Duration) {}
    func cancel() { delegate = nil }
}
