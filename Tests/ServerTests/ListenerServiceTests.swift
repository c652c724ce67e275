import NIOCore
import NIOHPACK
import NIOHTTP2
import NIOPosix
import ServiceLifecycle
import Synchronization
import Testing
import Wire

@testable import Server

@Suite("The listener")
struct ListenerServiceTests {
    /// Answers at once with the target, but keeps `/held` for later.
    private final class Holder: RequestAcceptor {
        private let held = Mutex<[NIOLoopBound<any ServerExchange>]>([])

        func accept(_ head: RequestHead, _ exchange: any ServerExchange) -> any ServerExchangeDelegate {
            if head.target == "/held" {
                held.withLock { $0.append(NIOLoopBound(exchange, eventLoop: exchange.eventLoop)) }
            } else {
                let text = "\(head.version) \(head.method) \(head.target) \(head.authority) \(exchange.remoteAddress)"
                exchange.answer(
                    ResponseHead(status: 200, length: .exactly(text.utf8.count)), ByteBuffer(string: text))
            }
            return Silent()
        }

        func release() {
            let all = held.withLock { held in
                defer { held = [] }
                return held
            }
            for exchange in all {
                exchange.eventLoop.execute {
                    exchange.value.answer(ResponseHead(status: 200, length: .exactly(4)), ByteBuffer(string: "held"))
                }
            }
        }

        private final class Silent: ServerExchangeDelegate {
            func callerSent(_ content: ByteBuffer) {}
            func callerFinished(trailers: FieldList?) {}
            func callerLeft() {}
            func callerIsReady() {}
        }
    }

    private static func request(_ target: String) -> String { "GET \(target) HTTP/1.1\r\nHost: a\r\n\r\n" }

    @Test("requests on one connection are answered one after the other", .timeLimit(.minutes(1)))
    func serving() async throws {
        try await ListenerService.serving(Holder()) { service in
            try await service.call(Self.request("/1")) { caller in
                #expect(try await caller.reads("http1_1 GET /1 a 127.0.0.1"))
                try await caller.send(Self.request("/2"))
                #expect(try await caller.reads("GET /2 a"))
                #expect(service.listener.openConnections == 1)
            }
        }
    }

    @Test("shutdown lets the answer under way end, says that it is the last, and waits for it", .timeLimit(.minutes(1)))
    func draining() async throws {
        let holder = Holder()
        try await ListenerService.serving(holder) { service in
            try await service.call(Self.request("/1") + Self.request("/held")) { caller in
                #expect(try await caller.reads("GET /1"))
                while service.listener.openExchanges == 0 { await Task.yield() }
                service.listener.stopAccepting()
                await service.services.triggerGracefulShutdown()
                holder.release()
                let all = try await caller.rest()
                #expect(all.contains("Connection: close\r\n"))
                #expect(all.hasSuffix("held"))
            }
        }
    }

    @Test("an answer that never ends does not hold up shutdown for longer than allowed", .timeLimit(.minutes(1)))
    func boundedDrain() async throws {
        var options = ListenerOptions(host: "127.0.0.1", port: 0)
        options.drain = .milliseconds(10)
        try await ListenerService.serving(Holder(), options: options) { service in
            try await service.call(Self.request("/held")) { caller in
                while service.listener.openExchanges == 0 { await Task.yield() }
                await service.services.triggerGracefulShutdown()
                let all = try await caller.rest()
                #expect(all.isEmpty)
            }
        }
    }

    @Test("a connection for which there is no place is told 503 and closed", .timeLimit(.minutes(1)))
    func full() async throws {
        var options = ListenerOptions(host: "127.0.0.1", port: 0)
        options.connections = 1
        try await ListenerService.serving(Holder(), options: options) { service in
            try await service.call(Self.request("/1")) { caller in
                #expect(try await caller.reads("GET /1"))
                let refused = try await service.call("") { try await $0.rest() }
                #expect(refused.hasPrefix("HTTP/1.1 503 "))
                #expect(refused.contains("\"code\":\"server_busy\""))
                #expect(refused.contains("Retry-After: 1\r\n"))
            }
        }
    }

    @Test("a caller that begins with the preface of HTTP/2 is spoken to in HTTP/2", .timeLimit(.minutes(1)))
    func http2() async throws {
        try await ListenerService.serving(Holder()) { service in
            let connection = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .connect(host: "127.0.0.1", port: service.port) { channel in
                    channel.configureAsyncHTTP2Pipeline(mode: .client) { $0.eventLoop.makeSucceededVoidFuture() }
                }
            let stream = try await connection.openStream { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<HTTP2Frame.FramePayload, HTTP2Frame.FramePayload>(
                        wrappingChannelSynchronously: channel)
                }
            }
            try await stream.executeThenClose { inbound, outbound in
                let fields: HPACKHeaders = [
                    ":method": "GET", ":scheme": "http", ":path": "/x", ":authority": "b", "cookie": "c",
                ]
                try await outbound.write(.headers(.init(headers: fields, endStream: true)))
                var status: String?
                var text = ""
                for try await frame in inbound {
                    switch frame {
                    case .headers(let payload): status = payload.headers.first(name: ":status")
                    case .data(let payload):
                        if case .byteBuffer(let bytes) = payload.data { text += String(buffer: bytes) }
                    default: break
                    }
                }
                #expect(status == "200")
                #expect(text == "http2 GET /x b 127.0.0.1")
            }
        }
    }
}
