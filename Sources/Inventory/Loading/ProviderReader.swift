/// Reads one file of `providers/`.
struct ProviderReader {
    let session: LoadSession

    /// The provider, with stand-ins for what is wrong in it; nil when the file cannot be read at all.
    func read(_ fileName: String) -> Provider? {
        let name = "providers/\(fileName)"
        let file = session.shown(name)
        let fallback = String(fileName.prefix { $0 != "." })
        guard let root = session.document(name),
            let reader = MapReader.root(
                root, file: file, kind: "provider",
                title: "provider \(root["provider"]?.text ?? fallback)", collector: session.collector)
        else {
            session.operationNames.updateValue(nil, forKey: fallback)
            return nil
        }
        let provider = provider(reader, file: file, fallback: fallback)
        reader.finish()
        return provider
    }

    private func provider(_ reader: MapReader, file: String, fallback: String) -> Provider {
        let name = reader.name("provider", required: true) ?? fallback
        checkOnlyOne(name, reader, file)
        let title = reader.text("title")
        let about = reader.text("about")
        let owner = owner(reader)
        let rollbackOwner = reader.text("rollback_owner")
        let links = ProviderLinks(
            statusPage: reader.link("status_page"), changelog: reader.link("changelog"),
            runbook: reader.text("runbook"))
        let dataUse = reader.text("data_use")
        let sla = reader.text("sla")
        let rules = CallRulesReader(reader: reader)
        let drift = DriftReader().read(reader)
        let provider = Provider(
            name: name, title: title, about: about, owner: owner, rollbackOwner: rollbackOwner, links: links,
            dataUse: dataUse, sla: sla, environments: environments(reader, provider: name),
            auth: AuthReader(session: session).read(reader), limits: rules.limits(), timeouts: rules.timeouts(),
            retries: rules.retries(), breaker: rules.breaker(), errors: ErrorRulesReader().read(reader),
            drift: drift, operations: operations(reader, provider: name, drift), file: file,
            line: reader.field.node.position.line)
        return provider
    }

    private func checkOnlyOne(_ name: String, _ reader: MapReader, _ file: String) {
        if session.operationNames[name] != nil {
            reader.error("the provider \"\(name)\" is described in another file already", at: "provider")
        }
        session.operationNames[name] = .some([])
    }

    private func owner(_ reader: MapReader) -> Owner? {
        guard let map = reader.map("owner") else { return nil }
        let name = map.text("name", required: true)
        let contact = map.text("contact")
        map.finish()
        return name.map { Owner(name: $0, contact: contact) }
    }

    private func environments(
        _ reader: MapReader, provider: String
    ) -> [EnvironmentName: ProviderEnvironment] {
        let expected = "the addresses, such as { sandbox: { url: \"https://sandbox.example.com\" } }"
        guard let field = reader.value("environments", required: expected) else { return [:] }
        session.environmentFields[provider] = field
        var environments: [EnvironmentName: ProviderEnvironment] = [:]
        let words = EnvironmentName.allCases.map(\.rawValue)
        for entry in field.named {
            guard let name = EnvironmentName(rawValue: entry.name) else {
                entry.error(
                    "there is no environment \(Field.quoted(entry.name))", expected: words.joined(separator: " or "),
                    suggestion: Spelling.suggestion(for: entry.name, among: words))
                continue
            }
            guard let map = entry.field.reader(title: "environment \(entry.name) of \(reader.title)") else { continue }
            let url = url(map, name)
            let tls = TLSReader(session: session).provider(map, url: url)
            let http2: HTTP2Use? = map.choice("http2")
            map.finish()
            environments[name] = ProviderEnvironment(
                url: url ?? ServiceURL(scheme: .https, host: "invalid"), tls: tls, http2: http2 ?? .auto)
        }
        return environments
    }

    private func url(_ map: MapReader, _ environment: EnvironmentName) -> ServiceURL? {
        let expected = "an address such as \"https://api.example.com\""
        guard let field = map.value("url", required: expected) else { return nil }
        guard let text = field.node.text else {
            field.wrong(expected: expected)
            return nil
        }
        do {
            let url = try ServiceURL(text)
            if environment == .production, url.scheme == .http, !url.isLoopback {
                field.error(
                    "the production address is not encrypted; secrets and data would cross the network in the clear",
                    expected: "https")
            }
            return url
        } catch {
            field.error(error.message, expected: error.expected)
            return nil
        }
    }

    private func operations(_ reader: MapReader, provider: String, _ drift: DriftRules) -> [Operation] {
        let expected = "at least one operation"
        guard let field = reader.value("operations", required: expected) else { return [] }
        let entries = field.named
        if entries.isEmpty, field.node.entries != nil {
            field.error("\(reader.title) has no operations", expected: expected)
        }
        session.operationNames[provider] = Set(entries.map(\.name))
        let operations = OperationReader(session: session, drift: drift)
        let read = entries.compactMap { operations.read($0) }
        checkDuplicates(read)
        return read.map(\.operation)
    }

    private func checkDuplicates(_ read: [OperationReader.Result]) {
        for (index, result) in read.enumerated() {
            let operation = result.operation
            let twin = read[..<index].map(\.operation).first {
                $0.method == operation.method && $0.path.hasSameShape(as: operation.path)
            }
            guard let twin else { continue }
            result.place.error(
                "operation \(operation.name) has the same method and path as \(twin.name) "
                    + "(line \(twin.line)): \(operation.method) \(operation.path)")
        }
    }
}
