import Contracts
import Gateway
import HTTPTypes
import Inventory
import NIOCore
import NIOPosix

/// A small client for tests: JSON in, JSON out, over the product's own HTTP client.
struct Web: Sendable {
    struct Answer: Sendable {
        let status: Int
        let headers: HTTPFields
        let bytes: [UInt8]

        var text: String { String(decoding: bytes, as: UTF8.self) }
        var json: JSONValue { (try? JSONValue.parse(bytes)) ?? .null }
    }

    private static let client = HTTPClient(group: MultiThreadedEventLoopGroup.singleton, bodyLimit: 64 << 20)

    let port: Int
    var token: String?

    init(port: Int, token: String? = nil) {
        self.port = port
        self.token = token
    }

    func get(_ path: String, _ headers: HTTPFields = [:]) async throws -> Answer {
        try await send("GET", path, headers, ByteBuffer())
    }

    func post(_ path: String, _ body: JSONValue, _ headers: HTTPFields = [:]) async throws -> Answer {
        var headers = headers
        headers[.contentType] = "application/json"
        return try await send("POST", path, headers, ByteBuffer(bytes: body.encoded()))
    }

    func send(_ method: String, _ path: String, _ headers: HTTPFields, _ body: ByteBuffer) async throws -> Answer {
        var headers = headers
        if let token { headers[.authorization] = "Bearer \(token)" }
        let origin = ServiceURL(scheme: .http, host: "127.0.0.1", port: port)
        let response = try await Self.client.send(
            ClientRequest(origin: origin, method: method, target: path, headers: headers, body: body),
            connectTimeout: .seconds(5), timeout: .seconds(60))
        return Answer(status: response.status, headers: response.headers, bytes: Array(response.body.readableBytesView))
    }

    /// The task once it has ended, however.
    func endedTask(_ id: String, within limit: Duration = .seconds(90)) async throws -> JSONValue {
        try await eventually("task \(id) ends", within: limit) {
            guard let task = try? await get("/v1/tasks/\(id)").json, let state = task["state"]?.stringValue else {
                return nil
            }
            // A JSON value takes `nil` for null, so "not yet" is spelt out.
            return ["done", "failed", "cancelled"].contains(state) ? task : Optional<JSONValue>.none
        }
    }
}
