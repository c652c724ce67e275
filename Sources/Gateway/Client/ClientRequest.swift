package import HTTPTypes
package import Inventory
package import NIOCore

/// One HTTP request to one origin, as it goes on the wire.
package struct ClientRequest: Sendable {
    package var origin: ServiceURL
    package var method: String
    /// Path and query, percent-encoded, beginning with `/`; without the origin's base path.
    package var target: String
    /// End-to-end fields; `Host`, `Content-Length` and connection fields are the client's own.
    package var headers: HTTPFields
    package var body: ByteBuffer

    package init(origin: ServiceURL, method: String, target: String, headers: HTTPFields, body: ByteBuffer) {
        self.origin = origin
        self.method = method
        self.target = target
        self.headers = headers
        self.body = body
    }
}

/// A whole answer.
package struct ClientResponse: Sendable {
    package var status: Int
    package var headers: HTTPFields
    package var body: ByteBuffer

    package init(status: Int, headers: HTTPFields, body: ByteBuffer) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}

/// What sends requests: the real client, or a double in tests.
package protocol HTTPSender: Sendable {
    /// Sends once and returns the whole answer; never retries. `timeout` covers connecting through the last byte.
    func send(_ request: ClientRequest, connectTimeout: Duration, timeout: Duration) async throws(ClientError)
        -> ClientResponse
}
