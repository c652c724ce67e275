import Access
import Contracts
import Inventory
import NIOCore
import NIOPosix
import Store
import TestSupport
import Testing
import Wire

@testable import Gateway

@Suite("A call that streams")
struct StreamingTests {
    /// A call that has reached a vendor for whom the test speaks.
    private static func begun() async throws -> (World, TestCaller, NIOLoopBound<PreparedExchange>) {
        let world = try await World()
        world.vendor.staySilent()
        let caller = try await world.begin("GET", "/p/rents/v1/stream")
        return (world, caller, try await world.vendor.nextSilent())
    }

    @Test("server-sent events go on piece by piece, before the answer is whole")
    func events() async throws {
        let (world, caller, vendor) = try await Self.begun()
        try await caller.run {
            vendor.value.delegate?.providerAnswered(
                ResponseHead(status: 200, fields: [.contentType: "text/event-stream"], length: .streamed))
            vendor.value.delegate?.providerSent(ByteBuffer(string: "data: 1\n\n"))
        }
        #expect(try await caller.read { $0.heads.map(\.status) } == [200])
        #expect(try await caller.read { $0.text } == "data: 1\n\n")
        #expect(try await caller.read { $0.isEnded } == false)
        try await caller.run { vendor.value.delegate?.providerFinished(trailers: nil) }
        #expect(try await caller.read { $0.isEnded })
        #expect(world.vendor.requests.count == 1)
    }

    @Test("a caller that does not read pauses the provider, and resumes it")
    func backPressure() async throws {
        let (world, caller, vendor) = try await Self.begun()
        try await caller.run {
            vendor.value.delegate?.providerAnswered(
                ResponseHead(status: 200, fields: [.contentType: "application/zip"], length: .streamed))
            caller.exchange.isWritable = false
            vendor.value.delegate?.providerSent(ByteBuffer(string: "piece"))
        }
        #expect(try await vendor.value(on: caller) { $0.isPaused })
        try await caller.run {
            caller.exchange.isWritable = true
            caller.delegate?.callerIsReady()
        }
        #expect(try await vendor.value(on: caller) { !$0.isPaused })
        #expect(world.vendor.requests.count == 1)
    }

    @Test("a caller that leaves cancels the provider's call, and the ledger says so")
    func leaving() async throws {
        let (world, caller, vendor) = try await Self.begun()
        try await caller.run { caller.delegate?.callerLeft() }
        #expect(try await vendor.value(on: caller) { $0.isCancelled })
        #expect(world.sink.calls.map(\.code) == ["caller_left"])
    }

    @Test("trailers of content that was kept whole go on behind it")
    func trailers() async throws {
        let world = try await World()
        world.vendor.staySilent()
        let name = try #require(FieldName("X-Digest"))
        let caller = try await world.begin("PUT", "/p/rents/v1/upload", length: .streamed)
        try await caller.run {
            caller.delegate?.callerSent(ByteBuffer(string: "hello"))
            caller.delegate?.callerFinished(trailers: [name: "abc"])
        }
        let vendor = try await world.vendor.nextSilent()
        #expect(world.vendor.requests.map(\.head.length) == [.streamed])
        #expect(try await vendor.value(on: caller) { String(buffer: $0.sent) } == "hello")
        #expect(try await vendor.value(on: caller) { $0.trailers?[name] } == "abc")
    }

    @Test("content that is too large to keep goes on as it comes, and is not sent twice")
    func upload() async throws {
        let world = try await World()
        world.vendor.staySilent()
        let size = ContentState.replayLimit + 1
        let caller = try await world.begin("PUT", "/p/rents/v1/upload", length: .exactly(size))
        let vendor = try await world.vendor.nextSilent()
        try await caller.run {
            caller.delegate?.callerSent(ByteBuffer(repeating: 1, count: size))
            caller.delegate?.callerFinished(trailers: nil)
        }
        #expect(try await vendor.value(on: caller) { $0.sent.readableBytes } == size)
        try await caller.run { vendor.value.delegate?.providerFailed(ClientError(.closed, wasSent: true)) }
        try await caller.ended()
        #expect(world.vendor.requests.count == 1)
        #expect(try await caller.read { $0.heads.map(\.status) } == [502])
    }

    @Test("after 101 both sides speak as they like, and an end of either is an end in order")
    func tunnel() async throws {
        let world = try await World()
        world.vendor.staySilent()
        let caller = try await world.begin("GET", "/p/rents/v1/socket", upgrade: "websocket")
        let vendor = try await world.vendor.nextSilent()
        try await caller.run {
            caller.delegate?.callerFinished(trailers: nil)
            caller.delegate?.callerSent(ByteBuffer(string: "early,"))
            vendor.value.delegate?.providerAnswered(ResponseHead(status: 101))
            caller.delegate?.callerSent(ByteBuffer(string: "ping"))
            vendor.value.delegate?.providerSent(ByteBuffer(string: "pong"))
        }
        #expect(try await vendor.value(on: caller) { String(buffer: $0.sent) } == "early,ping")
        #expect(try await caller.read { $0.heads.map(\.status) } == [101])
        #expect(try await caller.read { $0.text } == "pong")
        try await caller.run { caller.delegate?.callerLeft() }
        #expect(try await vendor.value(on: caller) { $0.isCancelled })
        #expect(world.sink.calls.map(\.status) == [101])
        #expect(world.sink.calls.map(\.code) == [nil])
    }

    @Test("of a streamed answer to a write, too long to keep, the fact is kept and no part of it")
    func longAnswerToWrite() async throws {
        let world = try await World()
        world.vendor.staySilent()
        let token = try await world.tokens.issue(name: "app", scopes: ["call:rents.*"]).text
        let write = { try await world.begin("POST", "/p/rents/v1/watches", [.idempotencyKey: "k1"], token: token) }
        let caller = try await write()
        let vendor = try await world.vendor.nextSilent()
        try await caller.run {
            vendor.value.delegate?.providerAnswered(
                ResponseHead(status: 200, fields: [.contentType: "text/event-stream"], length: .streamed))
            for size in [StoredAnswer.bodyLimit, 1, 7] {
                vendor.value.delegate?.providerSent(ByteBuffer(repeating: 1, count: size))
            }
            vendor.value.delegate?.providerFinished(trailers: nil)
        }
        var status: Int?
        var text: String?
        repeat {
            let again = try await write()
            try await again.ended()
            (status, text) = try await again.read { ($0.heads.first?.status, $0.text) }
        } while status == 409
        #expect(status == 200)
        #expect(text == "")
        #expect(world.vendor.requests.count == 1)
    }

    @Test("an answer that breaks off after its head is broken off for the caller, too")
    func breaking() async throws {
        let (world, caller, vendor) = try await Self.begun()
        try await caller.run {
            vendor.value.delegate?.providerAnswered(
                ResponseHead(status: 200, fields: [.contentType: "text/event-stream"], length: .streamed))
            vendor.value.delegate?.providerFailed(ClientError(.closed, wasSent: true))
        }
        #expect(try await caller.read { $0.isAborted })
        #expect(world.sink.calls.map(\.code) == ["provider_unreachable"])
    }
}

/// A caller whose exchange the test looks into.
struct TestCaller: Sendable {
    let loop: any EventLoop
    private let bound: NIOLoopBound<TestExchange>
    private let delegateBox: NIOLoopBoundBox<(any ServerExchangeDelegate)?>

    init(
        loop: any EventLoop, bound: NIOLoopBound<TestExchange>, delegate: NIOLoopBoundBox<(any ServerExchangeDelegate)?>
    ) {
        self.loop = loop
        self.bound = bound
        delegateBox = delegate
    }

    /// On the loop only.
    var exchange: TestExchange { bound.value }
    var delegate: (any ServerExchangeDelegate)? { delegateBox.value }

    func run(_ body: @escaping @Sendable () -> Void) async throws {
        try await loop.submit(body).get()
    }

    func read<Value: Sendable>(_ body: @escaping @Sendable (TestExchange) -> Value) async throws -> Value {
        try await loop.submit { body(bound.value) }.get()
    }

    /// Returns once the answer is whole or broken off.
    func ended() async throws {
        try await loop.flatSubmit { bound.value.end.futureResult }.get()
    }
}

final class TestExchange: ServerExchange {
    let eventLoop: any EventLoop
    let remoteAddress = "127.0.0.1"
    let isSecure = false
    var isWritable = true
    let end: EventLoopPromise<Void>
    private(set) var heads: [ResponseHead] = []
    private(set) var content = ByteBuffer()
    private(set) var trailers: FieldList?
    private(set) var isEnded = false
    private(set) var isAborted = false
    private(set) var isPaused = false

    init(eventLoop: any EventLoop) {
        self.eventLoop = eventLoop
        end = eventLoop.makePromise()
    }

    deinit { end.succeed() }

    var text: String { String(buffer: content) }

    func sendContinue() {}
    func send(_ head: ResponseHead) { heads.append(head) }
    func send(_ content: ByteBuffer) { self.content.writeImmutableBuffer(content) }

    func end(trailers: FieldList?) {
        self.trailers = trailers
        isEnded = true
        end.succeed()
    }

    func answer(_ head: ResponseHead, _ content: ByteBuffer) {
        send(head)
        send(content)
        end(trailers: nil)
    }

    func abort() {
        isAborted = true
        end.succeed()
    }

    func pause() { isPaused = true }
    func resume() { isPaused = false }
}

extension NIOLoopBound<PreparedExchange> {
    func value<Result: Sendable>(
        on caller: TestCaller, _ body: @escaping @Sendable (PreparedExchange) -> Result
    ) async throws -> Result {
        try await caller.loop.submit { body(self.value) }.get()
    }
}

extension World {
    /// A request of the pass-through by a caller whose exchange the test looks into.
    func begin(
        _ method: String, _ target: String, _ fields: FieldList = [:], length: BodyLength = .none,
        upgrade: String? = nil, token: String? = nil
    ) async throws -> TestCaller {
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let issued = try await tokens.issue(name: "app", scopes: ["call:rents.*"]).text
        var fields = fields
        fields.append(.authorization, "Bearer \(token ?? issued)")
        let head = RequestHead(
            method: method, target: target, authority: "localhost", fields: fields, length: length,
            upgrade: upgrade)
        let parts = try #require(CallTarget(target))
        return try await loop.submit { [corridor] in
            let exchange = TestExchange(eventLoop: loop)
            let delegate = NIOLoopBoundBox<(any ServerExchangeDelegate)?>(nil, eventLoop: loop)
            delegate.value = corridor.passThrough(head, parts, exchange)
            return TestCaller(
                loop: loop, bound: NIOLoopBound(exchange, eventLoop: loop), delegate: delegate)
        }.get()
    }
}
