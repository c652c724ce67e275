import Contracts
import Inventory

extension PactMessage {
    /// A message that came as the answer to a request: its metadata stands in `Pact-Message-Metadata`, as JSON in base64.
    package init(received answer: PactResponse) {
        var metadata: JSONObject = [:]
        let field = answer.content.headers.values(of: "pact-message-metadata", ignoringCase: true)?.first
        if let bytes = field.flatMap({ Base64.decode($0) }), let json = try? JSONValue.parse(bytes) {
            metadata = json.objectValue ?? [:]
        }
        var content = answer.content
        if case .present(let bytes, nil) = content.body { content.body = .present(bytes, content.headers.contentType) }
        content.headers = PactValues()
        self.init(content: content, metadata: metadata)
    }
}
