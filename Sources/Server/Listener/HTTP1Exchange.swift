import NIOCore
import Wire

/// One request on a connection of HTTP/1.1, as its answerer sees it. Lets go of the connection when the answer is whole or the caller left.
final class HTTP1Exchange: ServerExchange {
    let eventLoop: any EventLoop
    let remoteAddress: String
    let isSecure: Bool
    /// The caller left before the acceptor had named an answerer.
    var callerLeftEarly = false
    private var connection: HTTP1Connection?

    init(_ connection: HTTP1Connection, eventLoop: any EventLoop, remoteAddress: String, isSecure: Bool) {
        self.connection = connection
        self.eventLoop = eventLoop
        self.remoteAddress = remoteAddress
        self.isSecure = isSecure
    }

    func detach() { connection = nil }

    var isWritable: Bool { connection?.isWritable ?? true }

    func sendContinue() { connection?.sendContinue() }
    func send(_ head: ResponseHead) { connection?.send(head) }
    func send(_ content: ByteBuffer) { connection?.send(content) }
    func end(trailers: FieldList?) { connection?.end(trailers: trailers) }
    func answer(_ head: ResponseHead, _ content: ByteBuffer) { connection?.answer(head, content) }
    func abort() { connection?.abort() }
    func pause() { connection?.pause() }
    func resume() { connection?.resume() }
}
