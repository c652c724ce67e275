import Contracts
import Inventory

/// Reads the content of a part in the form of its version.
struct PactBodyReader {
    let version: PactVersion

    /// - Parameter type: what the field `Content-Type` says.
    func read(_ place: PactPlace, _ type: MediaType?) throws(PactError) -> PactBody {
        let names = ["body", "contents", "content"]
        guard let name = names.first(where: { place.value.objectValue?.contains($0) == true }) else { return .missing }
        guard let body = place.member(name) else { return name == "body" ? .empty : .missing }
        if version == .v4, let object = body.value.objectValue {
            guard object.contains("content") else { return object.isEmpty ? .missing : .empty }
            return try typed(body)
        }
        return PactBodyReader.plain(body.value, type)
    }

    /// Any JSON value: a text is the content itself, anything else is JSON.
    private static func plain(_ value: JSONValue, _ type: MediaType?) -> PactBody {
        guard let text = value.stringValue else { return .present(value.encoded(), type ?? .json) }
        guard !text.isEmpty else { return .empty }
        if let type, type.isJSON, (try? JSONDocument.parse(text)) == nil { return .present(value.encoded(), type) }
        return .present(Array(text.utf8), type)
    }

    /// `{"contentType": "...", "encoded": false, "content": ...}`.
    private func typed(_ place: PactPlace) throws(PactError) -> PactBody {
        let type = try place.text("contentType").flatMap { MediaType($0) }
        guard let content = place.member("content") else { return .empty }
        let encoding = place.member("encoded")?.value ?? false
        switch encoding {
        case false: return PactBodyReader.plain(content.value, type)
        case true, "base64", "BASE64":
            guard let bytes = Base64.decode(try content.text()) else { throw content.error("this is no base64") }
            return bytes.isEmpty ? .empty : .present(bytes, type)
        case "json", "JSON":
            let text = try content.text()
            guard (try? JSONDocument.parse(text)) != nil else { throw content.error("this is no JSON") }
            return .present(Array(text.utf8), type ?? .json)
        default: throw place.error("an encoding that is not known")
        }
    }
}
