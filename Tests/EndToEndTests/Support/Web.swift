import Contracts
import Gateway
import Inventory
import NIOCore
import NIOPosix
import Wire

/// A small client for tests: JSON in, JSON out, over the product's own HTTP client.
struct Web: Sendable {
    struct Answer: Sendable {
        let status: Int
        let headers: FieldList
        let bytes: [UInt8]

        var text: String { String(decoding: bytes, as: UTF8.self) }
        var json: JSONValue { (try? JSONValue.parse(bytes)) ?? .null }
    }

    private static let client = HTTPClient(group: MultiThreadedEventLoopGroup.singleton)

    let port: Int
    var token: String?
    private let endpoint: Endpoint

    init(port: Int, token: String? = nil) {
        self.port = port
        self.token = token
        endpoint = Endpoint(ServiceURL(scheme: .http, host: "127.0.0.1", port: port))
    }

    func get(_ path: String, _ headers: FieldList = [:]) async throws -> Answer {
        try await send("GET", path, headers, ByteBuffer())
    }

    func post(_ path: String, _ body: JSONValue, _ headers: FieldList = [:]) async throws -> Answer {
        var headers = headers
        headers.set(.contentType, "application/json")
        return try await send("POST", path, headers, ByteBuffer(bytes: body.encoded()))
    }

    func send(_ method: String, _ path: String, _ headers: FieldList, _ body: ByteBuffer) async throws -> Answer {
        var headers = headers
        if let token { headers.set(.authorization, "Bearer \(token)") }
        let request = ClientRequest(
            endpoint: endpoint, head: RequestHead(method: method, target: path, authority: "", fields: headers),
            content: .whole(body), connectTimeout: .seconds(5), firstByteTimeout: .seconds(60), timeout: .seconds(60))
        let response = try await Self.client.send(request, limit: 64 << 20)
        return Answer(
            status: response.head.status, headers: response.head.fields,
            bytes: Array(response.content.readableBytesView))
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
