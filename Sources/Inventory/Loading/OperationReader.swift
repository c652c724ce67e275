/// Reads one operation of a provider.
struct OperationReader {
    let session: LoadSession
    /// What the provider says of drift for all of its operations.
    let drift: DriftRules

    private static let methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]

    /// An operation and the place of its path in the file.
    struct Result {
        let operation: Operation
        let place: Field
    }

    /// The operation, with stand-ins for what is wrong in it; nil when it has no usable method or path.
    func read(_ entry: NamedField) -> Result? {
        entry.checkName(of: "an operation")
        guard let reader = entry.field.reader(title: "operation \(entry.name)") else { return nil }
        defer { reader.finish() }
        let content = JSONContentReader(session: session)

        let about = reader.text("about")
        let method = method(reader)
        let path = path(reader)
        let risk = risk(reader, method: method ?? "GET")
        let latency: Latency? = reader.choice("latency")
        let header = idempotency(reader)
        let timeout = reader.duration("timeout")
        let retryStatuses = reader.statuses("retry_statuses")
        let request = request(reader, path, content)
        let response = content.schema("response", in: reader)?.source
        let responses = responses(reader, content)
        let drift = DriftReader().read(reader, standard: drift)
        let model = ModelReader(session: session).read(reader)
        let limits = CallRulesReader(reader: reader).operationLimits()
        let cost = cost(reader)
        let cache = CacheReader(reader: reader).read(risk: risk, method: method)
        let examples = ExamplesReader(session: session).read(reader, of: entry.name)
        let errors = ErrorRulesReader().read(reader)

        guard let method, let path else { return nil }
        warnAboutRepeats(reader, method: method, risk: risk, header: header)
        let operation = Operation(
            name: entry.name, about: about, method: method, path: path, risk: risk, latency: latency ?? .fast,
            idempotencyHeader: header, limits: limits, timeout: timeout, retryStatuses: retryStatuses,
            request: request, response: response, responses: responses, drift: drift, model: model, cost: cost,
            cache: cache, examples: examples, errors: errors, line: entry.position.line)
        return Result(operation: operation, place: reader.value("path") ?? reader.field)
    }

    private func method(_ reader: MapReader) -> String? {
        let expected = "one of \(Self.methods.joined(separator: ", "))"
        guard let field = reader.value("method", required: expected) else { return nil }
        let written = field.node.text?.uppercased() ?? ""
        guard Self.methods.contains(written) else {
            field.wrong(expected: expected, suggestion: Spelling.suggestion(for: written, among: Self.methods))
            return nil
        }
        return written
    }

    private func path(_ reader: MapReader) -> PathTemplate? {
        let expected = "a path such as \"/v1/rents/{area}\""
        guard let field = reader.value("path", required: expected) else { return nil }
        guard let text = field.node.text else {
            field.wrong(expected: expected)
            return nil
        }
        do {
            return try PathTemplate(text)
        } catch {
            field.error(error.description, expected: expected)
            return nil
        }
    }

    /// The declared risk; without one, only methods that look are taken to do no more than that.
    private func risk(_ reader: MapReader, method: String) -> Risk {
        let risk: Risk? = reader.choice("risk")
        if risk == .read, ["PUT", "PATCH", "DELETE"].contains(method) {
            reader.warning(
                "\(reader.title) is a \(method) with risk read: it will be repeated as freely as a GET", at: "risk")
        }
        return risk ?? .usual(of: method)
    }

    private func idempotency(_ reader: MapReader) -> String? {
        let expected = "none, or the header in which the provider honours a key, such as Idempotency-Key"
        let text = reader.parse("idempotency", expected: expected) { field in
            field.node.text.flatMap { Names.isHeader($0) ? $0 : nil }
        }
        return text == "none" ? nil : text
    }

    private func cost(_ reader: MapReader) -> Money? {
        guard let cost = reader.money("cost") else { return nil }
        let currencies = session.budgetCurrencies
        if !currencies.isEmpty, !currencies.contains(cost.currency) {
            reader.warning(
                "the cost of \(reader.title) is in \(cost.currency), and no budget is: it counts against none "
                    + "(budgets are in \(currencies.sorted().joined(separator: " and ")))", at: "cost")
        }
        return cost
    }

    private func warnAboutRepeats(_ reader: MapReader, method: String, risk: Risk, header: String?) {
        guard risk != .read, header == nil, !reader.has("idempotency"), method == "POST" || method == "PATCH" else {
            return
        }
        reader.warning(
            "\(reader.title) is a \(risk.rawValue) without \"idempotency\": it will never be retried, because a repeat "
                + "could do it twice; name the provider's idempotency header, or say \"none\" to accept that",
            at: reader.has("risk") ? "risk" : "method")
    }

    /// Contracts of answers by their status.
    private func responses(_ reader: MapReader, _ content: JSONContentReader) -> [AnswerContract] {
        guard let field = reader.value("responses"), let map = field.reader(title: "responses of \(reader.title)")
        else {
            return []
        }
        var contracts: [AnswerContract] = []
        for entry in field.named {
            let status = entry.name.lowercased()
            guard Self.isStatus(status) else {
                entry.error(
                    "\(Field.quoted(entry.name)) is no status",
                    expected: "a status such as \"404\", a class such as \"4xx\", or \"default\"")
                map.know(entry.name)
                continue
            }
            if let schema = content.schema(entry.name, in: map)?.source {
                contracts.append(AnswerContract(status: status, schema: schema))
            }
        }
        map.finish()
        return contracts
    }

    private static func isStatus(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard bytes.count == 3, (UInt8(ascii: "1")...UInt8(ascii: "5")).contains(bytes[0]) else {
            return text == "default"
        }
        return text.hasSuffix("xx") || bytes.allSatisfy { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
    }

    private func request(
        _ reader: MapReader, _ template: PathTemplate?, _ content: JSONContentReader
    ) -> RequestContract {
        guard let map = reader.map("request") else { return RequestContract() }
        let query = content.schema("query", in: map)
        let path = content.schema("path", in: map)
        let body = content.schema("body", in: map)
        map.finish()
        if let path, let template, let field = map.value("path") { check(path.root, template, field) }
        return RequestContract(query: query?.source, path: path?.source, body: body?.source)
    }

    /// Compares the parameters of the path with the properties of their schema.
    private func check(_ schema: DataNode, _ template: PathTemplate, _ field: Field) {
        guard let properties = schema["properties"]?.entries?.map(\.key) else { return }
        for name in template.parameters where !properties.contains(name) {
            field.error("the path parameter \"\(name)\" is missing from the schema of request.path")
        }
        let required = schema["required"]?.items?.compactMap(\.text) ?? []
        for name in Set(properties + required).sorted() where !template.parameters.contains(name) {
            field.error(
                "the schema of request.path has \"\(name)\", which is no parameter of \(template)",
                expected: template.parameters.isEmpty ? "no path schema" : template.parameters.joined(separator: ", "),
                suggestion: Spelling.suggestion(for: name, among: template.parameters))
        }
    }
}
