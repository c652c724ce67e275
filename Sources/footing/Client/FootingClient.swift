import Contracts
import Gateway
import HTTPTypes
import Inventory
import NIOCore
import NIOPosix

/// Talks to a server over its HTTP API. Every method throws `Failure`.
struct FootingClient: Sendable {
    let origin: ServiceURL
    private let token: String?
    private let http: HTTPClient

    /// What came back, already known to be a success.
    struct Answer: Sendable {
        let status: Int
        let headers: HTTPFields
        let body: [UInt8]
    }

    init(origin: ServiceURL, token: String?, bodyLimit: Int) {
        self.origin = origin
        self.token = token
        http = HTTPClient(group: MultiThreadedEventLoopGroup.singleton, bodyLimit: bodyLimit)
    }

    func get(
        _ path: String, _ query: [(String, String?)] = [], subject: String, patience: Duration = .seconds(30)
    ) async throws -> JSONValue {
        let answer = try await send("GET", path, query, body: nil, key: nil, subject: subject, patience: patience)
        return try json(answer, subject)
    }

    /// The status tells an answer from a task that stands for it (202). `key` is the idempotency key.
    func post(
        _ path: String, _ body: JSONValue, key: String? = nil, subject: String, patience: Duration = .seconds(120)
    ) async throws -> (status: Int, json: JSONValue) {
        let answer = try await send("POST", path, [], body: body, key: key, subject: subject, patience: patience)
        return (answer.status, try json(answer, subject))
    }

    /// The bytes of a file.
    func file(_ path: String, subject: String) async throws -> [UInt8] {
        try await send("GET", path, [], body: nil, key: nil, subject: subject, patience: .seconds(300)).body
    }

    private func send(
        _ method: String, _ path: String, _ query: [(String, String?)], body: JSONValue?, key: String?, subject: String,
        patience: Duration
    ) async throws -> Answer {
        let pairs = query.compactMap { name, value in value.map { "\(name)=\(PercentEncoding.encode($0))" } }
        var request = ClientRequest(
            origin: origin, method: method, target: path + (pairs.isEmpty ? "" : "?" + pairs.joined(separator: "&")),
            headers: [.accept: "application/json", .userAgent: "footing/\(VersionCommand.number)"], body: ByteBuffer())
        if let token { request.headers[.authorization] = "Bearer \(token)" }
        if let body {
            request.headers[.contentType] = "application/json"
            request.body = ByteBuffer(bytes: body.encoded())
        }
        if let key, let name = HTTPField.Name("Idempotency-Key") { request.headers[name] = key }
        let response: ClientResponse
        do {
            response = try await http.send(request, connectTimeout: .seconds(5), timeout: patience)
        } catch {
            throw unreachable(error)
        }
        let bytes = Array(response.body.readableBytesView)
        guard (200..<300).contains(response.status) else {
            throw Failure(status: response.status, problem: try? JSONValue.parse(bytes), subject: subject)
        }
        return Answer(status: response.status, headers: response.headers, body: bytes)
    }

    private func json(_ answer: Answer, _ subject: String) throws -> JSONValue {
        if answer.body.isEmpty { return .null }
        do {
            return try JSONValue.parse(answer.body)
        } catch {
            throw Failure(
                .failed, "\(subject) failed", evidence: ["The answer from \(origin) is not JSON."],
                advice: "Is this address a Footing server? Check --url.")
        }
    }

    private func unreachable(_ error: ClientError) -> Failure {
        let why =
            switch error.reason {
            case .unreachable: "Nobody listens there."
            case .tls: "No trusted connection could be made."
            case .timeout: "No answer came in time."
            case .closed: "The connection was closed before the answer was whole."
            case .malformed: "The answer is not HTTP."
            case .tooLarge: "The answer is too large."
            }
        return Failure(
            error.reason == .tooLarge ? .failed : .unreachable, "Footing does not answer at \(origin)", evidence: [why],
            advice: origin.isLoopback ? "start it with footing serve, or name another server with --url" : "check --url"
        )
    }
}
