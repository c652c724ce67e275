/// Reads `footing.yaml`.
struct ProjectReader {
    let session: LoadSession

    /// What `footing.yaml` says, with stand-ins for what is wrong in it.
    struct Settings {
        var name = ""
        var environment: EnvironmentName?
        var listen = ListenAddress.standard
        var tls: ListenTLS?
        var app: AppFiles?
        var browser: BrowserSession?
        var secrets: [SecretName: SecretDeclaration] = [:]
        var callers = CallerRules()
        var budgets = Budgets()
        var keep = Retention()
        var workspace = WorkspaceRules()
        var drain = DrainTimes()
        var language = Project.standardLanguage
    }

    static let fileName = "footing.yaml"

    func read() -> Settings {
        guard let root = session.document(Self.fileName) else { return Settings() }
        let file = session.shown(Self.fileName)
        let reader = MapReader.root(
            root, file: file, kind: "footing", title: Self.fileName, collector: session.collector)
        guard let reader else { return Settings() }
        var settings = Settings()
        settings.name = reader.name("project", required: true) ?? ""
        settings.environment = reader.choice("environment")
        (settings.listen, settings.tls) = listen(reader)
        settings.app = app(reader)
        settings.browser = browser(reader)
        settings.secrets = secrets(reader)
        settings.callers = CallerRulesReader(reader: reader).callers()
        settings.budgets = CallerRulesReader(reader: reader).budgets()
        settings.keep = ServerRulesReader(reader: reader).retention()
        settings.workspace = ServerRulesReader(reader: reader).workspace()
        settings.drain = ServerRulesReader(reader: reader).drain()
        settings.language = language(reader) ?? Project.standardLanguage
        session.budgetCurrencies = settings.budgets.currencies
        reader.finish()
        return settings
    }

    /// An address, or a mapping with one and the files for TLS.
    private func listen(_ reader: MapReader) -> (ListenAddress, ListenTLS?) {
        guard let field = reader.value("listen") else { return (.standard, nil) }
        guard field.node.entries != nil else { return (address("listen", reader) ?? .standard, nil) }
        guard let map = field.reader() else { return (.standard, nil) }
        let address = address("address", map)
        let tls = TLSReader(session: session).listen(map)
        map.finish()
        return (address ?? .standard, tls)
    }

    private func address(_ key: String, _ reader: MapReader) -> ListenAddress? {
        reader.parse(key, expected: "a host and a port such as \"127.0.0.1:8787\"") { field in
            guard let text = field.node.text, let (host, port) = ServiceURL.split(text[...]), let host, let port else {
                return nil
            }
            return ListenAddress(host: host, port: port)
        }
    }

    private func language(_ reader: MapReader) -> String? {
        reader.parse("language", expected: "a language tag such as en or pt-BR") { field in
            field.node.text.flatMap { Names.isLanguage($0) ? $0 : nil }
        }
    }

    private func app(_ reader: MapReader) -> AppFiles? {
        guard let map = reader.map("app") else { return nil }
        defer { map.finish() }
        guard let field = map.value("folder", required: "a folder such as \"../app\"") else { return nil }
        guard let name = field.node.text, !name.isEmpty, !name.contains("\0") else {
            field.wrong(expected: "a folder such as \"../app\"")
            return nil
        }
        let path = InventoryFiles.absolute(name, from: session.folder)
        guard session.files.isFolder(path) else {
            field.error("there is no folder \(Field.quoted(name)) beside this file")
            return nil
        }
        return AppFiles(folder: path)
    }

    private func browser(_ reader: MapReader) -> BrowserSession? {
        guard let map = reader.map("browser") else { return nil }
        var scopes: [String] = []
        for item in map.value("scopes", required: "a list such as [ \"task:commute-report\" ]")?.items ?? [] {
            guard let text = item.node.text, Scopes.isValid(text) else {
                item.wrong(expected: Scopes.expected)
                continue
            }
            if text == "admin" { item.error("an anonymous browser cannot have the scope \"admin\"") }
            if text == "call:*" {
                item.warning("\"call:*\" lets every visitor of the app make every call of every provider")
            }
            scopes.append(text)
            session.scopeUses.append(NameUse(name: text, field: item))
        }
        let ttl = map.duration("ttl", atMost: .seconds(30 * 86_400))
        map.finish()
        return BrowserSession(scopes: scopes, ttl: ttl ?? .seconds(8 * 3600))
    }

    private func secrets(_ reader: MapReader) -> [SecretName: SecretDeclaration] {
        var secrets: [SecretName: SecretDeclaration] = [:]
        session.secretNames = []
        guard let field = reader.value("secrets") else { return secrets }
        for entry in field.named {
            entry.checkName(of: "a secret")
            session.secretNames?.insert(entry.name)
            var about: String?
            switch entry.field.node.value {
            case .null: break
            case .map:
                guard let map = entry.field.reader(title: "secret \(entry.name)") else { continue }
                about = map.text("about")
                map.finish()
            default:
                entry.field.wrongUnseen(
                    expected: "{} or { about: \"what it is\" }, because values are set with footing secret set NAME")
            }
            secrets[SecretName(entry.name)] = SecretDeclaration(about: about, line: entry.position.line)
        }
        return secrets
    }
}
