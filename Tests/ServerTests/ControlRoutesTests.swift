import Contracts
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Inventory
import NIOCore
import Store
import Testing

@testable import Server

@Suite("Routes for operators")
struct ControlRoutesTests {
    /// A server with an operator's token.
    private struct Desk {
        let world: ServerWorld
        let client: any TestClientProtocol
        let headers: HTTPFields

        func send(_ method: HTTPRequest.Method, _ path: String, _ body: JSONValue? = nil) async throws -> (
            status: Int, json: JSONValue
        ) {
            let buffer = body.map { ByteBuffer(bytes: $0.encoded()) }
            let answer = try await client.executeRequest(uri: path, method: method, headers: headers, body: buffer)
            return (answer.status.code, try JSONValue.parse(Array(answer.body.readableBytesView)))
        }
    }

    private func atDesk(
        scopes: [String] = ["admin"], environment: String? = nil,
        _ work: @escaping @Sendable (Desk) async throws -> Void
    ) async throws {
        let world = try await ServerWorld(environment: environment)
        let headers: HTTPFields = [.authorization: "Bearer \(try await world.token(scopes))"]
        try await world.server.application().test(.router) { client in
            try await work(Desk(world: world, client: client, headers: headers))
        }
    }

    @Test("nobody without the scope admin sees or moves a switch, a fault or an unknown write")
    func scopes() async throws {
        try await atDesk(scopes: ["call:*", "task:*"]) { desk in
            let requests: [(HTTPRequest.Method, String)] = [
                (.get, "/v1/calls/unknown"), (.post, "/v1/calls/c_1/settle"), (.post, "/v1/providers/rents/disable"),
                (.post, "/v1/providers/rents/enable"), (.get, "/v1/faults"), (.post, "/v1/faults"),
                (.delete, "/v1/faults"), (.delete, "/v1/faults/f_1"), (.get, "/v1/inventory"), (.get, "/v1/cache"),
                (.delete, "/v1/cache"), (.delete, "/v1/cache/rents"),
            ]
            for (method, path) in requests {
                let answer = try await desk.send(method, path, [:])
                #expect(answer.status == 403 && answer.json["code"] == "scope_missing", "\(method) \(path)")
            }
        }
    }

    @Test("the cache is counted and forgotten, of one provider or of all; a name that is none is refused")
    func cache() async throws {
        try await atDesk { desk in
            let census = try await desk.send(.get, "/v1/cache")
            #expect(census.status == 200 && census.json["entries"] == 0 && census.json["providers"] == [])
            #expect((census.json["limits"]?["bytes"]?.intValue ?? 0) > 0)
            #expect(try await desk.send(.delete, "/v1/cache").json == ["removed": 0])
            #expect(try await desk.send(.delete, "/v1/cache/rents").json == ["removed": 0])
            #expect(try await desk.send(.delete, "/v1/cache/nobody").status == 404)
        }
    }

    @Test("what became of changes of the inventory is told, alone and in the overview")
    func inventory() async throws {
        try await atDesk { desk in
            let report: JSONValue = ["reloads": 0, "last": nil, "warnings": [], "refused": nil]
            let alone = try await desk.send(.get, "/v1/inventory")
            let overview = try await desk.send(.get, "/v1/overview")
            #expect(alone.json == report && overview.json["inventory"] == report)
        }
    }

    @Test("a write of unknown outcome is listed, settled once, and then no longer listed")
    func settling() async throws {
        try await atDesk { desk in
            let store = desk.world.server.store
            let now = SystemClock().now()
            for number in 1...2 {
                let intent = NewIntent(
                    callID: "c_\(number)", caller: "t_1", callerName: "backend", provider: "rents", operation: "pay",
                    key: "k\(number)", fingerprint: "f", providerKey: "ft-\(number)", risk: .payment, node: "n_1",
                    begun: now + .milliseconds(number))
                _ = try await store.begin(intent, mayRepeat: false)
                _ = try await store.settle(intent.callID, .unknown, at: now)
            }
            let listed = try await desk.send(.get, "/v1/calls/unknown").json["calls"]?.arrayValue ?? []
            #expect(listed.map { $0["call"] } == ["c_1", "c_2"])
            #expect(listed.first?["risk"] == "payment" && listed.first?["provider_key"] == "ft-1")
            for wrong in [
                [:], ["happened": "yes"], ["happened": false, "status": 201], ["happened": true, "status": 7],
            ]
                as [JSONValue]
            {
                #expect(try await desk.send(.post, "/v1/calls/c_1/settle", wrong).status == 400, "\(wrong.text)")
            }
            let done = try await desk.send(.post, "/v1/calls/c_1/settle", ["happened": true, "status": 201])
            #expect(done.status == 200 && done.json["state"] == "happened" && done.json["settled_by"] == "test")
            let again = try await desk.send(.post, "/v1/calls/c_1/settle", ["happened": false])
            #expect(again.status == 409 && again.json["code"] == "outcome_known")
            #expect(try await desk.send(.post, "/v1/calls/c_2/settle", ["happened": false]).status == 200)
            #expect(try await desk.send(.post, "/v1/calls/c_9/settle", ["happened": false]).status == 404)
            #expect(try await desk.send(.get, "/v1/calls/unknown").json["calls"] == [])
        }
    }

    @Test("a provider that is switched off says so, with the reason, until it is switched on")
    func switching() async throws {
        try await atDesk { desk in
            for wrong in [[:], ["reason": ""], ["reason": .string(String(repeating: "x", count: 501))]] as [JSONValue] {
                #expect(try await desk.send(.post, "/v1/providers/rents/disable", wrong).status == 400)
            }
            #expect(try await desk.send(.post, "/v1/providers/nobody/disable", ["reason": "x"]).status == 404)
            #expect(try await desk.send(.post, "/v1/providers/nobody/enable").status == 404)
            let off = try await desk.send(.post, "/v1/providers/rents/disable", ["reason": "wrong prices"])
            #expect(off.status == 200 && off.json["off"]?["reason"] == "wrong prices")
            let provider = try await desk.send(.get, "/v1/providers/rents").json
            #expect(provider["state"] == "off" && provider["off"]?["by"] == "test")
            #expect(provider["sentence"]?.stringValue?.contains("wrong prices") == true)
            #expect(try await desk.send(.post, "/v1/providers/rents/enable").json["changed"] == true)
            #expect(try await desk.send(.post, "/v1/providers/rents/enable").json["changed"] == false)
            #expect(try await desk.send(.get, "/v1/providers/rents").json["state"] == "unseen")
        }
    }

    @Test("a fault is added whole or not at all, listed and taken away")
    func faults() async throws {
        try await atDesk { desk in
            let fault: JSONValue = [
                "provider": "rents", "operation": "get", "status": 503, "rate": 0.2, "delay_ms": 2000,
                "lifetime_ms": 600_000,
            ]
            let added = try await desk.send(.post, "/v1/faults", fault)
            #expect(added.status == 201 && added.json["kind"] == "status" && added.json["rate"] == 0.2)
            let id = try #require(added.json["id"]?.stringValue)
            #expect(try await desk.send(.get, "/v1/faults").json["faults"]?.arrayValue?.count == 1)
            #expect(try await desk.send(.post, "/v1/faults", ["provider": "rents", "delay_ms": 5]).status == 201)
            #expect(try await desk.send(.delete, "/v1/faults/\(id)").status == 200)
            #expect(try await desk.send(.delete, "/v1/faults/\(id)").status == 404)
            #expect(try await desk.send(.delete, "/v1/faults").json["removed"] == 1)
        }
    }

    @Test("what is no fault is refused with every mistake named")
    func wrongFaults() async throws {
        try await atDesk { desk in
            let wrong: [(JSONValue, String)] = [
                (["status": 503], "/provider"), (["provider": "rents"], "/kind"),
                (["provider": "rents", "kind": "status"], "/kind"), (["provider": "rents", "status": 99], "/status"),
                (["provider": "rents", "status": 503, "rate": 0], "/rate"),
                (["provider": "rents", "status": 503, "rate": 1.5], "/rate"),
                (["provider": "rents", "status": 503, "rate": "much"], "/rate"),
                (["provider": "rents", "kind": "explode"], "/kind"),
                (["provider": "rents", "delay_ms": -1], "/delay_ms"),
                (["provider": "rents", "status": 503, "colour": "red"], "/colour"),
            ]
            for (body, pointer) in wrong {
                let answer = try await desk.send(.post, "/v1/faults", body)
                let pointers = answer.json["errors"]?.arrayValue?.compactMap { $0["pointer"]?.stringValue } ?? []
                #expect(answer.status == 400 && pointers.contains(pointer), "\(body.text): \(answer.json.text)")
            }
            #expect(try await desk.send(.post, "/v1/faults", ["provider": "x", "status": 503]).status == 404)
            let operation: JSONValue = ["provider": "rents", "operation": "x", "status": 503]
            #expect(try await desk.send(.post, "/v1/faults", operation).status == 404)
        }
    }

    @Test("in production nothing is made to fail")
    func production() async throws {
        try await atDesk(environment: "production") { desk in
            let answer = try await desk.send(.post, "/v1/faults", ["provider": "rents", "status": 503])
            #expect(answer.status == 403 && answer.json["code"] == "faults_off")
            #expect(try await desk.send(.get, "/v1/faults").json["faults"] == [])
        }
    }
}
