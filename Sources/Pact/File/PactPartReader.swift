import Contracts
import Inventory

/// Reads the parts of interactions: requests, answers, messages.
struct PactPartReader {
    let version: PactVersion

    func request(_ place: PactPlace) throws(PactError) -> PactRequest {
        let method = try place.text("method") ?? "GET"
        // It goes onto the wire as it is.
        guard Names.isHeader(method) else { throw place.error("this is no method") }
        return PactRequest(
            method: method, path: try place.text("path") ?? "/",
            query: try query(place.member("query")), content: try content(place, try fields(place.member("headers"))))
    }

    func response(_ place: PactPlace) throws(PactError) -> PactResponse {
        let status = try place.count("status") ?? 200
        guard (0...999).contains(status) else { throw place.error("a status beyond 999") }
        return PactResponse(status: status, content: try content(place, try fields(place.member("headers"))))
    }

    func message(_ place: PactPlace) throws(PactError) -> PactMessage {
        let metadata = place.member("metadata")?.value.objectValue ?? place.member("metaData")?.value.objectValue ?? [:]
        var headers = PactValues()
        for (name, value) in metadata where ["contenttype", "content-type"].contains(name.lowercased()) {
            headers.add("Content-Type", [value.plainText])
        }
        var content = try content(place, headers)
        content.headers = PactValues()
        if case .present(let bytes, nil) = content.body { content.body = .present(bytes, headers.contentType) }
        return PactMessage(content: content, metadata: metadata)
    }

    private func content(_ place: PactPlace, _ headers: PactValues) throws(PactError) -> PactContent {
        PactContent(
            headers: headers, body: try PactBodyReader(version: version).read(place, headers.contentType),
            rules: try PactRuleReader.book(
                place.member("matchingRules") ?? place.member("responseMatchingRules"), version),
            generators: try PactGeneratorReader.read(place.member("generators")))
    }

    /// A query as text (version 2) or as an object of names with one value or several.
    private func query(_ place: PactPlace?) throws(PactError) -> PactValues {
        guard let place else { return PactValues() }
        if let text = place.value.stringValue { return PactValues(query: text) }
        var query = PactValues()
        for (name, member) in try place.members() {
            if member.value.arrayValue != nil {
                query.add(name, try member.elements().map { $0.value.isNull ? "" : $0.value.plainText })
            } else {
                query.add(name, [member.value.isNull ? "" : member.value.plainText])
            }
        }
        return query
    }

    private func fields(_ place: PactPlace?) throws(PactError) -> PactValues {
        guard let place else { return PactValues() }
        var fields = PactValues()
        for (name, member) in try place.members() {
            if member.value.arrayValue != nil {
                fields.add(name, try member.elements().map { $0.value.plainText.trimmed }, ignoringCase: true)
            } else {
                fields.add(name, PactValues.fieldValues(name, member.value.plainText), ignoringCase: true)
            }
        }
        return fields
    }
}
