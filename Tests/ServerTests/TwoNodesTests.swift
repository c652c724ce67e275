import Contracts
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Store
import TestSupport
import Testing

@testable import Server

/// Two whole servers over one database: the first runs no tasks, the second does.
@Suite("Two nodes over PostgreSQL", .serialized, .enabled(if: PostgresServer.programs != nil))
struct TwoNodesTests {
    private typealias Node = any TestClientProtocol

    private func withNodes(
        _ work: @escaping @Sendable (_ first: Node, _ second: Node, HTTPFields) async throws -> Void
    ) async throws {
        let address = try #require(PostgresServer.shared).schema()
        let first = try await ServerWorld(database: address, workers: 0)
        let second = try await ServerWorld(database: address)
        // One token is good at both: they share their callers.
        let headers: HTTPFields = [.authorization: "Bearer \(try await first.token(["admin"]))"]
        try await first.server.application().test(.router) { one in
            try await second.server.application().test(.router) { two in
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for world in [first, second] { group.addTask { try await world.server.run() } }
                    group.addTask { try await work(one, two, headers) }
                    // The work ends first, then both servers as in a crash.
                    try await group.next()
                    group.cancelAll()
                }
            }
        }
    }

    private static func send(
        _ node: Node, _ method: HTTPRequest.Method, _ path: String, _ headers: HTTPFields, _ body: JSONValue? = nil
    ) async throws -> (status: Int, text: String, json: JSONValue) {
        let buffer = body.map { ByteBuffer(bytes: $0.encoded()) }
        let answer = try await node.executeRequest(uri: path, method: method, headers: headers, body: buffer)
        let bytes = Array(answer.body.readableBytesView)
        return (
            answer.status.code, String(decoding: bytes, as: UTF8.self), (try? JSONValue.parse(bytes)) ?? .null
        )
    }

    @Test("a task submitted at one is run by the other, and followed to its end where it was submitted")
    func task() async throws {
        try await withNodes { first, second, headers in
            let accepted = try await Self.send(
                first, .post, "/v1/tasks", headers, ["recipe": "echo", "input": ["word": "hello"]])
            #expect(accepted.status == 202, "\(accepted.text)")
            let id = try #require(accepted.json["id"]?.stringValue)
            let events = try await Self.send(first, .get, "/v1/tasks/\(id)/events", headers)
            #expect(events.text.contains("event: task.queued") && events.text.contains("event: task.finished"))
            let task = try await Self.send(second, .get, "/v1/tasks/\(id)", headers).json
            #expect(task["state"] == "done", "\(task.text)")
        }
    }

    @Test("a switch thrown at one is off at the other a moment later")
    func killSwitch() async throws {
        try await withNodes { first, second, headers in
            let thrown = try await Self.send(
                first, .post, "/v1/providers/rents/disable", headers, ["reason": "wrong prices"])
            #expect(thrown.status == 200, "\(thrown.text)")
            let clock = SystemClock()
            let began = clock.uptime()
            while true {
                let call = try await Self.send(second, .post, "/v1/calls/rents.get", headers, ["path": ["area": "m"]])
                if call.json["code"] == "provider_off" { break }
                guard clock.uptime() - began < .seconds(20) else {
                    Issue.record("\(call.text)")
                    return
                }
                try await clock.sleep(for: .milliseconds(20))
            }
        }
    }
}
