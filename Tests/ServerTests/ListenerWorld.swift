import Logging
import NIOCore
import NIOEmbedded
import Wire

@testable import Server

/// One connection without a network: what is sent to it, what it wrote, what its answerers heard.
final class ConnectionWorld {
    let channel = EmbeddedChannel()
    let acceptor: ScriptedAcceptor
    let ground: ListenerGround
    let watch: LoopWatch
    let connection: HTTP1Connection

    /// - Parameter script: what the acceptor does with each request.
    init(
        options: ListenerOptions = ListenerOptions(host: "127.0.0.1", port: 0),
        _ script: @escaping (RequestHead, any ServerExchange) -> Void = { _, _ in }
    ) throws {
        acceptor = ScriptedAcceptor(script)
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        ground = ListenerGround(options: options, acceptor: acceptor, logger: logger)
        watch = LoopWatch(loop: channel.eventLoop) { "now" }
        connection = HTTP1Connection(ground, watch: watch, remoteAddress: "192.0.2.1", isSecure: false)
        try channel.pipeline.syncOperations.addHandler(connection)
        try channel.connect(to: SocketAddress(ipAddress: "192.0.2.1", port: 1)).wait()
    }

    func receive(_ text: String) throws {
        try channel.writeInbound(ByteBuffer(string: text))
    }

    /// Everything written since the last time.
    func written() throws -> String {
        channel.embeddedEventLoop.run()
        var text = ""
        while let bytes = try channel.readOutbound(as: ByteBuffer.self) { text += String(buffer: bytes) }
        return text
    }

    /// How many writes there were since the last time.
    func writes() throws -> Int {
        channel.embeddedEventLoop.run()
        var count = 0
        while try channel.readOutbound(as: ByteBuffer.self) != nil { count += 1 }
        return count
    }

    func pass(seconds: Int64) {
        channel.embeddedEventLoop.advanceTime(by: .seconds(seconds))
    }

    var events: [String] { acceptor.events }
    var isOpen: Bool { channel.isActive }

    func end() throws {
        _ = try? channel.finish()
    }
}

/// Notes what it is told; answers as its script says.
///
/// `@unchecked Sendable`: each test uses it on one thread.
final class ScriptedAcceptor: RequestAcceptor, @unchecked Sendable {
    private let script: (RequestHead, any ServerExchange) -> Void
    var heads: [RequestHead] = []
    var exchanges: [any ServerExchange] = []
    var events: [String] = []

    init(_ script: @escaping (RequestHead, any ServerExchange) -> Void) {
        self.script = script
    }

    func accept(_ head: RequestHead, _ exchange: any ServerExchange) -> any ServerExchangeDelegate {
        heads.append(head)
        exchanges.append(exchange)
        events.append("\(head.method) \(head.target)")
        script(head, exchange)
        return ScriptedDelegate(self)
    }
}

final class ScriptedDelegate: ServerExchangeDelegate {
    private let acceptor: ScriptedAcceptor

    init(_ acceptor: ScriptedAcceptor) {
        self.acceptor = acceptor
    }

    func callerSent(_ content: ByteBuffer) { acceptor.events.append("sent \(String(buffer: content))") }
    func callerFinished(trailers: FieldList?) {
        acceptor.events.append(trailers.map { "finished with \($0)" } ?? "finished")
    }
    func callerLeft() { acceptor.events.append("left") }
    func callerIsReady() { acceptor.events.append("ready") }
}
