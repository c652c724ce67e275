import Contracts

/// Request and answers of one operation.
struct OpenAPIBodies {
    let files: DescriptionFiles
    let translation: SchemaTranslation
    let operation: OpenAPIOperation
    let subject: String

    private(set) var errorStatuses: Set<Int> = []
    /// Whether a success may come without anything to check.
    private(set) var hasEmptySuccess = false
    /// Whether the operation takes content.
    private(set) var hasRequest = false
    /// Contents for calls, from the document's examples.
    private(set) var examples: [OpenAPIExamples.Choice] = []
    private(set) var notes: [ImportNote] = []

    init(files: DescriptionFiles, translation: SchemaTranslation, operation: OpenAPIOperation, subject: String) {
        self.files = files
        self.translation = translation
        self.operation = operation
        self.subject = subject
    }

    /// The contract of the request's content.
    mutating func request() throws(ImportError) -> ImportedOperation.Contract? {
        guard let value = operation.value["requestBody"] else { return nil }
        let (body, place) = try files.followed(value, at: operation.place.appending("requestBody"))
        guard let content = body["content"]?.objectValue, !content.isEmpty else { return nil }
        guard let type = content.keys.first(where: { JSONMediaType.covers($0) }) else {
            // A form without fields is what generators write for no content.
            let isEmpty = content.allSatisfy { $0.value["schema"]?["properties"]?.objectValue?.isEmpty ?? false }
            if !isEmpty {
                hasRequest = true
                note("its content is \(content.keys.sorted().joined(separator: " or ")), which is not checked", place)
            }
            return nil
        }
        hasRequest = true
        guard let media = content[type], let schema = media["schema"] else { return nil }
        let here = place.appending("content", type, "schema")
        var unread: [String] = []
        let mediaPlace = place.appending("content", type)
        examples = OpenAPIExamples.choices(of: media, at: mediaPlace, files) { unread.append($0) }
        for example in unread { note("the example \(example) of its content cannot be read", mediaPlace) }
        if examples.isEmpty {
            let (plain, _) = try files.followed(schema, at: here)
            examples = (plain["example"] ?? plain["examples"]?.arrayValue?.first).map { [(nil, $0)] } ?? []
        }
        if body["required"] != true {
            note("its content may be left out at the provider; here it may not, so send {} for none", place)
        }
        return contract(try translation.translate(schema, at: here, isRequest: true))
    }

    /// The contract of successful answers, of all of them if there are several.
    mutating func answer() throws(ImportError) -> ImportedOperation.Contract? {
        let all = operation.place.appending("responses")
        guard let responses = operation.value["responses"] else { return nil }
        guard let responses = responses.objectValue else { throw files.error("\"responses\" is an object", at: all) }
        var schemas: [JSONValue] = []
        var others: Set<String> = []
        for (status, value) in responses where !status.hasPrefix("x-") {
            guard status.hasPrefix("2") else {
                if let code = Int(status), (400...599).contains(code) { errorStatuses.insert(code) }
                continue
            }
            let (response, place) = try files.followed(value, at: all.appending(status))
            let content = response["content"]?.objectValue ?? [:]
            guard let type = content.keys.first(where: { JSONMediaType.covers($0) }) else {
                if content.isEmpty, status != "204" { hasEmptySuccess = true }
                others.formUnion(content.keys)
                continue
            }
            others.formUnion(content.keys.filter { !JSONMediaType.covers($0) })
            guard let schema = content[type]?["schema"] else {
                hasEmptySuccess = true
                continue
            }
            let here = place.appending("content", type, "schema")
            let translated = try translation.translate(schema, at: here, isRequest: false)
            if !schemas.contains(translated) { schemas.append(translated) }
        }
        if schemas.isEmpty, !others.isEmpty {
            note("its answers are \(others.sorted().joined(separator: " or ")), which are not checked", all)
        } else if !others.isEmpty {
            note(
                "it may also answer with \(others.sorted().joined(separator: " or ")), which breaks this contract", all)
        }
        guard let first = schemas.first else { return nil }
        if hasEmptySuccess { note("some successes have nothing to check, so drift is only recorded", all) }
        guard schemas.count > 1 else { return contract(first) }
        note("its successes differ by status; any of their schemas is accepted for all", all)
        return .schema(["anyOf": .array(schemas)])
    }

    private func contract(_ schema: JSONValue) -> ImportedOperation.Contract {
        if schema.objectValue?.count == 1, let file = schema["$ref"]?.stringValue, file.hasPrefix("schemas/") {
            return .shared(String(file.dropFirst("schemas/".count)))
        }
        return .schema(schema)
    }

    private mutating func note(_ message: String, _ place: DocumentPlace) {
        notes.append(ImportNote(.gap, subject, message, at: place.pointer))
    }
}
