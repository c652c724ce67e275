import Hummingbird
import Logging
import NIOCore
import ServiceLifecycle
import Synchronization
import Testing
import Wire

@testable import Server

@Suite("Routes behind the listener")
struct ListenerBridgeTests {
    private struct Door: RequestAcceptor {
        let bridge: ControlBridge

        func accept(_ head: RequestHead, _ exchange: any ServerExchange) -> any ServerExchangeDelegate {
            bridge.accept(head, exchange)
        }

        func run() async { await bridge.run() }
    }

    private static func door(_ build: (Router<ServerContext>) -> Void) -> Door {
        let router = Router(context: ServerContext.self)
        build(router)
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        return Door(bridge: ControlBridge(responder: router.buildResponder(), logger: logger))
    }

    @Test("a route sees the request as it came and its answer reaches the caller", .timeLimit(.minutes(1)))
    func answering() async throws {
        let door = Self.door { router in
            router.get("/a/{b}") { request, context in
                let fields = request.headers[.accept] ?? "none"
                return
                    "\(context.parameters.get("b") ?? "") \(request.uri.query ?? "") \(fields) \(context.remoteAddress)"
            }
        }
        try await ListenerService.serving(door) { service in
            try await service.call("GET /a/x?y=z HTTP/1.1\r\nHost: h\r\nAccept: q\r\n\r\n") { caller in
                #expect(try await caller.reads("x y=z q 127.0.0.1"))
                #expect(caller.received.contains("Content-Length: 17\r\n"))
                try await caller.send("GET /nothing HTTP/1.1\r\nHost: h\r\n\r\n")
                #expect(try await caller.reads("HTTP/1.1 404 "))
            }
        }
    }

    @Test("content is read as the route asks for it, also when it waits for 100 Continue", .timeLimit(.minutes(1)))
    func content() async throws {
        let door = Self.door { router in
            router.post("/size") { request, _ in
                var size = 0
                for try await piece in request.body { size += piece.readableBytes }
                return "size \(size)"
            }
        }
        try await ListenerService.serving(door) { service in
            let head = "POST /size HTTP/1.1\r\nHost: h\r\nContent-Length: 500000\r\nExpect: 100-continue\r\n\r\n"
            try await service.call(head) { caller in
                #expect(try await caller.reads("HTTP/1.1 100 Continue"))
                for _ in 0..<5 { try await caller.send(String(repeating: "a", count: 100_000)) }
                #expect(try await caller.reads("size 500000"))
            }
        }
    }

    @Test("each event of a stream leaves when it is written", .timeLimit(.minutes(1)))
    func streaming() async throws {
        let (steps, hand) = AsyncStream<Int>.makeStream()
        let door = Self.door { router in
            router.get("/events") { _, _ in
                Response(
                    status: .ok,
                    body: ResponseBody { writer in
                        for await step in steps { try await writer.write(ByteBuffer(string: "event \(step)\n")) }
                        try await writer.finish(nil)
                    })
            }
        }
        try await ListenerService.serving(door) { service in
            try await service.call("GET /events HTTP/1.1\r\nHost: h\r\n\r\n") { caller in
                for step in 1...3 {
                    hand.yield(step)
                    let came = try await caller.reads("event \(step)\n")
                    #expect(came)
                }
                hand.finish()
                let ended = try await caller.reads("\r\n0\r\n\r\n")
                #expect(ended)
            }
        }
    }

    @Test("a caller that leaves cancels the task that answers it", .timeLimit(.minutes(1)))
    func leaving() async throws {
        let (cancelled, hand) = AsyncStream<Void>.makeStream()
        let door = Self.door { router in
            router.get("/long") { _, _ -> String in
                await withTaskCancellationHandler {
                    var never = AsyncStream<Void> { _ in }.makeAsyncIterator()
                    await never.next()
                } onCancel: {
                    hand.yield()
                }
                return ""
            }
        }
        try await ListenerService.serving(door) { service in
            try await service.call("GET /long HTTP/1.1\r\nHost: h\r\n\r\n") { _ in
                while service.listener.openExchanges == 0 { await Task.yield() }
            }
            var cancellations = cancelled.makeAsyncIterator()
            await cancellations.next()
        }
    }

    @Test("routes hear of a graceful shutdown the moment the listener does", .timeLimit(.minutes(1)))
    func shutdown() async throws {
        let door = Self.door { router in
            router.get("/until-shutdown") { _, _ -> String in
                try? await gracefulShutdown()
                return "goodbye"
            }
        }
        try await ListenerService.serving(door) { service in
            try await service.call("GET /until-shutdown HTTP/1.1\r\nHost: h\r\n\r\n") { caller in
                while service.listener.openExchanges == 0 { await Task.yield() }
                await service.services.triggerGracefulShutdown()
                let all = try await caller.rest()
                #expect(all.hasSuffix("goodbye"))
            }
        }
    }
}
