import Contracts
import Inventory
import Store
import Testing
import Wire

@testable import Gateway

@Suite("Calls that need no row in the ledger")
struct RefusalCountTests {
    @Test("what its caller made fail before anything was changed may be counted without a row, whatever it asked for")
    func refusals() async throws {
        let world = try await World(scopes: ["call:rents.get", "call:rents.create-watch"], environment: .production)
        let area: JSONValue = ["path": ["area": "mitte"]]
        try await world.expect("input_invalid", 400, .caller) {
            try await world.call("get", ["path": ["area": "MITTE 1"]])
        }
        try await world.expect("scope_missing", 403, .caller) { try await world.call("unsafe-write", [:]) }
        try await world.expect("operation_unknown", 404, .caller) { try await world.call("nothing", area) }
        try await world.expect("provider_unknown", 404, .caller) {
            try await world.call("get", area, provider: "nobody")
        }
        try await world.expect("token_missing", 401, .caller) {
            let target = try World.passThrough("POST", "/p/rents/v1/watches")
            return try await world.corridor.call(
                CallRequest(
                    provider: "rents", target: target, credential: .presented, requestID: "r_1", mayDefer: false))
        }
        world.vendor.answer(404, "{}")
        try await world.expect("area_unknown", 404, .caller) { try await world.call("get", area) }
        #expect(world.sink.facts.map(\.kind) == Array(repeating: .refused, count: 6))
        #expect(world.sink.calls.count == 6)
    }

    @Test("what a provider or Footing got wrong and what may have changed something always has its row")
    func rows() async throws {
        let world = try await World(attempts: 1)
        let area: JSONValue = ["path": ["area": "mitte"]]
        world.vendor.answer(500, "{}")
        try await world.expect("provider_failed", 502, .provider) { try await world.call("get", area) }
        world.vendor.answer(404, "{}")
        try await world.expect("area_unknown", 404, .caller) { try await world.call("create-watch", ["body": [:]]) }
        world.vendor.answer(201, "{}")
        _ = try await world.call("create-watch", ["body": [:]])
        world.vendor.answer(200, #"{"median_rent": "many"}"#)
        try await world.expect("contract_broken", 502, .provider) { try await world.call("get", area) }
        #expect(world.sink.facts.isEmpty)
        #expect(world.sink.calls.count == 4)
        world.vendor.answer(200, #"{"median_rent": 14.5}"#)
        _ = try await world.call("get", area)
        #expect(world.sink.facts.map(\.kind) == [.read])
    }
}
