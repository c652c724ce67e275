import Access
import Contracts
import NIOCore
import Store
import Testing
import Wire

@testable import Gateway

@Suite("A provider that quotes a secret")
struct LeakTests {
    private static let secret = "vendor-secret-1"
    private static let stars = String(repeating: "*", count: secret.utf8.count)

    @Test("a whole answer reaches its caller without it, in content and fields, and the ledger tells")
    func whole() async throws {
        let world = try await World()
        let name = try #require(FieldName("X-Echo"))
        world.vendor.answer(
            200, #"{"median_rent": 7, "area": {"id": "mitte", "name": "key \#(Self.secret)"}}"#,
            [name: "Bearer \(Self.secret)"])
        let answer = try await world.call("get", ["path": ["area": "mitte"]])
        #expect(answer.json?["name"] == .string("key \(Self.stars)"))
        #expect(!"\(answer)".contains(Self.secret))
        let call = try #require(world.sink.calls.first)
        let detail = JSONValue.object(call.detail).text
        #expect(detail.contains("the answer held the secret rents-key") && !detail.contains(Self.secret))
    }

    @Test("a streamed answer is masked where the secret is cut in two, and nothing else waits")
    func streamed() async throws {
        let world = try await World()
        world.vendor.staySilent()
        let caller = try await world.begin("GET", "/p/rents/v1/stream")
        let vendor = try await world.vendor.nextSilent()
        let name = try #require(FieldName("X-Echo"))
        try await caller.run {
            vendor.value.delegate?.providerAnswered(
                ResponseHead(status: 200, fields: [.contentType: "text/event-stream"], length: .streamed))
            vendor.value.delegate?.providerSent(ByteBuffer(string: "data: 1\n\n"))
        }
        #expect(try await caller.read { $0.text } == "data: 1\n\n")
        try await caller.run { vendor.value.delegate?.providerSent(ByteBuffer(string: "data: vendor-\\u0073ec")) }
        #expect(try await caller.read { $0.text } == "data: 1\n\ndata: ")
        try await caller.run { vendor.value.delegate?.providerSent(ByteBuffer(string: "ret-1\n\ndata: vendor")) }
        let masked = "data: 1\n\ndata: \(Self.stars)*****\n\ndata: "
        #expect(try await caller.read { $0.text } == masked)
        try await caller.run { vendor.value.delegate?.providerFinished(trailers: [name: Self.secret]) }
        #expect(try await caller.read { $0.text } == masked + "vendor")
        #expect(try await caller.read { $0.isEnded })
        #expect(try await caller.read { $0.trailers?[name] } == Self.stars)
    }

    @Test("the provider is not asked for a compressed answer, which could not be read")
    func encoding() async throws {
        let world = try await World()
        world.vendor.staySilent()
        _ = try await world.begin("GET", "/p/rents/v1/stream", [.acceptEncoding: "gzip"])
        _ = try await world.vendor.nextSilent()
        #expect(world.vendor.requests.first?.head.fields.contains(.acceptEncoding) == false)
    }
}
