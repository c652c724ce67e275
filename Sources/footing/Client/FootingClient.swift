import Contracts
import Gateway
import Inventory
import NIOCore
import NIOPosix
import Wire

/// Talks to a server over its HTTP API. Every method throws `Failure`.
struct FootingClient: Sendable {
    let origin: ServiceURL
    private let token: String?
    private let bodyLimit: Int
    private let endpoint: Endpoint
    private let http: HTTPClient

    /// What came back.
    struct Answer: Sendable {
        let status: Int
        let contentType: String?
        let body: [UInt8]
    }

    /// - Parameter shown: the PEM file with the certificate that this server shows, where that is at hand.
    init(origin: ServiceURL, token: String?, shown: String? = nil, bodyLimit: Int) {
        self.origin = origin
        self.token = token
        self.bodyLimit = bodyLimit
        endpoint = shown.map { Endpoint(origin, showing: $0) } ?? Endpoint(origin)
        http = HTTPClient(group: MultiThreadedEventLoopGroup.singleton)
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

    func delete(_ path: String, subject: String) async throws -> JSONValue {
        let answer = try await send(
            "DELETE", path, [], body: nil, key: nil, subject: subject, patience: .seconds(30))
        return try json(answer, subject)
    }

    /// The bytes of a file.
    func file(_ path: String, subject: String) async throws -> [UInt8] {
        try await send("GET", path, [], body: nil, key: nil, subject: subject, patience: .seconds(300)).body
    }

    /// The answer of a success. Any other is a `Failure`.
    private func send(
        _ method: String, _ path: String, _ query: [(String, String?)], body: JSONValue?, key: String?, subject: String,
        patience: Duration
    ) async throws -> Answer {
        let answer = try await exchange(method, path, query, body: body, key: key, patience: patience)
        guard (200..<300).contains(answer.status) else {
            throw Failure(status: answer.status, problem: try? JSONValue.parse(answer.body), subject: subject)
        }
        return answer
    }

    /// Whatever is answered. Throws `Failure` where nothing is.
    func exchange(
        _ method: String, _ path: String, _ query: [(String, String?)] = [], body: JSONValue?, key: String?,
        patience: Duration
    ) async throws -> Answer {
        let pairs = query.compactMap { name, value in value.map { "\(name)=\(PercentEncoding.encode($0))" } }
        var fields: FieldList = [.accept: "application/json"]
        if let name = FieldName("User-Agent") { fields.append(name, "footing/\(VersionCommand.number)") }
        if let token { fields.append(.authorization, "Bearer \(token)") }
        if body != nil { fields.append(.contentType, "application/json") }
        if let key { fields.append(.idempotencyKey, key) }
        let request = ClientRequest(
            endpoint: endpoint,
            head: RequestHead(
                method: method, target: path + (pairs.isEmpty ? "" : "?" + pairs.joined(separator: "&")), authority: "",
                fields: fields),
            content: .whole(body.map { ByteBuffer(bytes: $0.encoded()) } ?? ByteBuffer()), connectTimeout: .seconds(5),
            firstByteTimeout: patience, timeout: patience)
        let response: (head: ResponseHead, content: ByteBuffer)
        do {
            response = try await http.send(request, limit: bodyLimit)
        } catch {
            throw unreachable(error)
        }
        return Answer(
            status: response.head.status, contentType: response.head.fields[.contentType],
            body: Array(response.content.readableBytesView))
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
