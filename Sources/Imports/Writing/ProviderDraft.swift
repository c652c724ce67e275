import Contracts
import Inventory

/// The provider's file as a document alone would have it.
struct ProviderDraft {
    /// Keys without operations.
    private(set) var keys = JSONObject()
    /// In the document's order.
    private(set) var operations: [(origin: String, fileName: String, keys: JSONObject, isGuess: Bool)] = []
    /// Contract files by their names below the footing folder.
    private(set) var files: [String: JSONValue] = [:]
    private(set) var secret: String?
    private(set) var notes: [ImportNote] = []

    private let api: ImportedAPI
    private let settings: ImportSettings
    private var folder: String { "contracts/\(settings.provider)" }

    init(_ api: ImportedAPI, _ settings: ImportSettings, hasAddress: Bool) throws(ImportError) {
        self.api = api
        self.settings = settings
        keys["provider"] = .string(settings.provider)
        if let title = api.title { keys["title"] = .string(title) }
        if let about = api.about, about != api.title { keys["about"] = .string(about) }
        keys["environments"] = try environments(hasAddress: hasAddress)
        keys["auth"] = auth()
        if let rate = api.rate { keys["limits"] = ["rate": .string(rate)] }
        let errors = ErrorWords.rules(for: api.errorStatuses, provider: settings.provider)
        if !errors.isEmpty { keys["errors"] = .array(errors) }
        for (name, schema) in api.schemas { files["\(folder)/schemas/\(name)"] = schema }
        for operation in api.operations {
            operations.append(
                (
                    "\(operation.method) \(operation.path)", operation.name, self.keys(of: operation),
                    operation.risk == .payment
                ))
        }
    }

    private mutating func environments(hasAddress: Bool) throws(ImportError) -> JSONValue? {
        let absolute = api.servers.filter { (try? ServiceURL($0.url)) != nil }
        var production = settings.production ?? absolute.first { !$0.isSandbox }?.url
        var sandbox = settings.sandbox ?? absolute.first { $0.isSandbox }?.url
        if production == nil, sandbox == nil {
            if hasAddress { return nil }
            let relative =
                api.servers.first { $0.url.hasPrefix("/") }.map { " but \"\(Prose.short($0.url) ?? "")\"" } ?? ""
            throw ImportError(
                file: settings.source, message: "the document names no address of the provider\(relative)",
                advice: "give it: --production https://api.example.com")
        }
        if production == nil || sandbox == nil {
            production = production ?? sandbox
            sandbox = sandbox ?? production
            if settings.production == nil || settings.sandbox == nil {
                notes.append(
                    ImportNote(
                        .guess, "",
                        "sandbox and production have the same address, since only one is known; "
                            + "set the other with --sandbox URL or in the file where the provider has one"))
            }
        }
        return [
            "sandbox": ["url": .string(try address(sandbox ?? "", isProduction: false))],
            "production": ["url": .string(try address(production ?? "", isProduction: true))],
        ]
    }

    private mutating func address(_ text: String, isProduction: Bool) throws(ImportError) -> String {
        let url: ServiceURL
        do {
            url = try ServiceURL(text)
        } catch {
            throw ImportError(
                file: settings.source, message: "an address cannot be used: \(error.message)",
                advice: "give \(error.expected)")
        }
        guard isProduction, url.scheme == .http, !url.isLoopback else { return text }
        notes.append(ImportNote(.guess, "", "the production address is not encrypted in the document; https is used"))
        return "https" + text.dropFirst("http".count)
    }

    private mutating func auth() -> JSONValue? {
        guard let auth = api.auth else { return nil }
        let name = settings.secret ?? "\(settings.provider.prefix(59))-key"
        secret = name
        let value = JSONValue.string(name)
        switch auth {
        case .bearer: return ["bearer": value]
        case .basic: return ["basic": value]
        case .header(let header): return ["header": .string(header), "secret": value]
        case .query(let query): return ["query": .string(query), "secret": value]
        }
    }

    private mutating func keys(of operation: ImportedOperation) -> JSONObject {
        var keys = JSONObject()
        if let about = operation.about { keys["about"] = .string(about) }
        keys["method"] = .string(operation.method)
        keys["path"] = .string(operation.path)
        keys["risk"] = .string(operation.risk.rawValue)
        if operation.risk != .read, let header = operation.idempotencyHeader ?? settings.idempotencyHeader {
            keys["idempotency"] = .string(header)
        }
        var request = JSONObject()
        if let query = operation.query { request["query"] = query }
        if let path = operation.pathSchema { request["path"] = path }
        if let body = contract(operation.body, operation.name, "request") { request["body"] = .string(body) }
        if !request.isEmpty { keys["request"] = .object(request) }
        if let answer = contract(operation.answer, operation.name, "answer") { keys["response"] = .string(answer) }
        if operation.recordsDrift { keys["drift"] = "record" }
        if operation.examples.count == 1 {
            keys["example"] = operation.examples[0].input
        } else if !operation.examples.isEmpty {
            keys["examples"] = .object(JSONObject(operation.examples.map { ($0.name, $0.input) }))
        }
        return keys
    }

    private mutating func contract(
        _ contract: ImportedOperation.Contract?, _ name: String, _ side: String
    ) -> String? {
        switch contract {
        case nil: return nil
        case .shared(let file): return "\(folder)/schemas/\(file)"
        case .schema(let schema):
            let file = "\(folder)/\(name).\(side).json"
            files[file] = schema
            return file
        case .proposed(let schema, let samples):
            files[Proposal.path(settings.provider, name, side)] = Proposal.marked(
                schema, samples: samples, from: settings.source)
            return nil
        }
    }
}
