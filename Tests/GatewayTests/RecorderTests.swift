import Contracts
import Store
import TestSupport
import Testing
import Wire

@testable import Gateway

@Suite("Recorder")
struct RecorderTests {
    private let answer = #"{"median_rent": 14.5, "area": {"id": "mitte", "name": "Mitte"}, "api_key": "k-123456"}"#

    private func record(_ world: World, for length: Duration = .seconds(60)) {
        world.corridor.recorder.start(provider: nil, until: world.clock.now() + length)
    }

    @Test("nothing is kept unless someone wants it, and nothing after its time")
    func isOff() async throws {
        let world = try await World()
        world.vendor.answer(200, answer)
        _ = try await world.call("get", ["path": ["area": "mitte"]])
        #expect(world.corridor.recorder.entries(after: 0).isEmpty)
        record(world)
        world.clock.advance(by: .seconds(61))
        world.vendor.answer(200, answer)
        _ = try await world.call("get", ["path": ["area": "mitte"]])
        #expect(world.corridor.recorder.entries(after: 0).isEmpty)
        #expect(world.corridor.recorder.status(at: world.clock.now()) == nil)
        #expect(!world.corridor.recorder.mayWant)
    }

    @Test("an example has the call's input and the vendor's payload, without secrets and fields of the head")
    func keeps() async throws {
        let world = try await World()
        record(world)
        world.vendor.answer(200, answer, [.setCookie: "session=abcdef"])
        _ = try await world.call(
            "get",
            [
                "path": ["area": "mitte"], "query": ["note": "has vendor-secret-1 in it", "api_key": "k-9"],
                "headers": ["X-Own": "1"],
            ])
        let entry = try #require(world.corridor.recorder.entries(after: 0).first)
        #expect(entry.provider == "rents" && entry.operation == "get")
        #expect(
            entry.example.request == [
                "path": ["area": "mitte"],
                "query": ["note": "has [secret rents-key] in it", "api_key": "[kept back: secret]"],
            ])
        #expect(entry.example.body["area"]?["name"] == "Mitte")
        #expect(entry.example.body["api_key"] == "[kept back: secret]")
        #expect(!entry.example.json.text.contains("session="))
        #expect(!entry.example.json.text.contains("vendor-secret-1"))
    }

    @Test("of calls of one shape the first is kept, failures and refusals never")
    func onlyGoodOnes() async throws {
        let world = try await World(attempts: 1)
        record(world)
        for area in ["mitte", "wedding", "moabit"] {
            world.vendor.answer(200, answer)
            _ = try await world.call("get", ["path": ["area": .string(area)]])
        }
        world.vendor.answer(404, #"{"error": {"code": "x"}}"#)
        try await world.expect("area_unknown", 404, .caller) { try await world.call("get", ["path": ["area": "x"]]) }
        world.vendor.answer(200, #"{"median_rent": "many"}"#)
        try await world.expect("contract_broken", 502, .provider) {
            try await world.call("get", ["path": ["area": "y"]])
        }
        #expect(world.corridor.recorder.entries(after: 0).map(\.example.request) == [["path": ["area": "mitte"]]])
        #expect(world.corridor.recorder.entries(after: 1).isEmpty)
    }

    @Test("so many of an operation and no more, however many shapes there are; another provider's never")
    func bounds() {
        let recorder = Recorder()
        let start = Timestamp(milliseconds: 0)
        recorder.start(provider: "rents", until: start + .seconds(10))
        #expect(!recorder.wants(provider: "other", operation: "get", at: start))
        for number in 0..<100 where recorder.wants(provider: "rents", operation: "get", at: start) {
            recorder.keep(
                RecordedExample(request: [:], status: 200, contentType: nil, body: .object(["m\(number)": 1])),
                provider: "rents", operation: "get")
        }
        #expect(recorder.entries(after: 0).count == 16)
        recorder.stop()
        #expect(!recorder.wants(provider: "rents", operation: "list", at: start))
        #expect(recorder.entries(after: 15).count == 1)
    }
}
