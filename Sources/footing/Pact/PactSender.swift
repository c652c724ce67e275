import Access
import Contracts
import Gateway
import Inventory
import NIOCore
import NIOPosix
import Pact
import Store
import Wire

/// Sends a pact's requests: to a provider of the inventory, signed as its calls are, or to any address as they are.
struct PactSender: Sendable {
    /// Where requests go.
    enum Target: Sendable {
        case provider(ProviderProbe)
        case address(ServiceURL)
    }

    private let target: Target
    private let client: HTTPClient
    private static let patience = Duration.seconds(30)

    init(_ target: Target, client: HTTPClient) {
        self.target = target
        self.client = client
    }

    func send(_ request: PactRequest) async throws -> PactResponse {
        let fields = Self.fields(request.content)
        let content = ByteBuffer(bytes: request.content.body.bytes ?? [])
        let path = PactPathText.escaped(request.path)
        let answer =
            switch target {
            case .provider(let probe):
                try await probe.send(
                    method: request.method.uppercased(), path: path, query: request.query.query, fields: fields,
                    content: content)
            case .address(let url):
                try await Self.send(
                    request.method.uppercased(), to: url, path: path, query: request.query.query, fields: fields,
                    content: content, client)
            }
        return Self.response(answer.head, answer.content)
    }

    /// Sends JSON to an address of the project's own tests and reads the answer.
    static func post(_ json: JSONValue, to url: ServiceURL, _ client: HTTPClient) async throws -> PactResponse {
        let endpoint = ServiceURL(scheme: url.scheme, host: url.host, port: url.port)
        let answer = try await send(
            "POST", to: endpoint, path: url.basePath.isEmpty ? "/" : url.basePath, query: "",
            fields: [.contentType: "application/json", .accept: "*/*"],
            content: ByteBuffer(bytes: json.encoded()), client)
        guard (200..<300).contains(answer.head.status) else {
            throw Failure(.failed, "\(url) answered \(answer.head.status)")
        }
        return response(answer.head, answer.content)
    }

    private static func send(
        _ method: String, to url: ServiceURL, path: String, query: String, fields: FieldList, content: ByteBuffer,
        _ client: HTTPClient
    ) async throws -> (head: ResponseHead, content: ByteBuffer) {
        let target = query.isEmpty ? path : "\(path)?\(query)"
        do {
            return try await client.send(
                ClientRequest(
                    endpoint: Endpoint(url),
                    head: RequestHead(method: method, target: target, authority: "", fields: fields),
                    content: .whole(content), connectTimeout: .seconds(5), firstByteTimeout: patience,
                    timeout: patience))
        } catch {
            throw Failure(.unreachable, "\(url) gave no answer", evidence: ["\(error)"])
        }
    }

    /// The fields of the pact, without those that belong to the connection.
    private static func fields(_ content: PactContent) -> FieldList {
        var fields = FieldList()
        for entry in content.headers.entries {
            guard let name = FieldName(entry.name),
                !["host", "content-length", "connection", "transfer-encoding"].contains(name.lowercased)
            else { continue }
            fields.append(name, entry.values.joined(separator: ", "))
        }
        if content.body.bytes != nil, !fields.contains(.contentType), let type = content.type {
            fields.append(.contentType, "\(type)")
        }
        if !fields.contains(.accept) { fields.append(.accept, "*/*") }
        return fields
    }

    private static func response(_ head: ResponseHead, _ content: ByteBuffer) -> PactResponse {
        var headers = PactValues()
        head.fields.forEach { name, value in
            headers.add(name, PactValues.fieldValues(name, value), ignoringCase: true)
        }
        return PactResponse(
            status: head.status,
            content: PactContent(headers: headers, body: PactBody(received: Array(content.readableBytesView))))
    }
}
