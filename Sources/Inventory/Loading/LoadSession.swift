/// What one load shares between its readers: where files are, what was found, and which names are mentioned where, to be
/// compared once everything is read.
final class LoadSession {
    /// The absolute path of the `footing/` folder.
    let folder: String
    let collector = FindingCollector()
    let files = InventoryFiles()

    /// Secrets that providers name.
    var secretUses: [NameUse] = []
    /// Calls that recipes make.
    var callUses: [CallUse] = []
    /// Where each provider lists its environments.
    var environmentFields: [String: Field] = [:]
    /// Scopes of browser sessions.
    var scopeUses: [NameUse] = []

    /// Operation names by provider, also of those that have faults; nil for a provider whose file is broken.
    var operationNames: [String: Set<String>?] = [:]
    var recipeNames: Set<String> = []
    /// Nil when `footing.yaml` could not be read.
    var secretNames: Set<String>?
    /// The currencies that the project's budgets count.
    var budgetCurrencies: Set<String> = []
    /// Whether a recipe file could not be read, so that a missing recipe may be in it.
    var hasBrokenRecipe = false

    private var contracts: [String: JSONContent?] = [:]
    private var contractFiles: [String: JSONContent?] = [:]

    init(folder: String) {
        self.folder = folder
    }

    /// The name of a file below the folder in findings: `footing/providers/rents.yaml`.
    func shown(_ name: String) -> String {
        "\(InventoryFiles.lastPart(folder))/\(name)"
    }

    /// The text of a file below the folder; what keeps it from being read is reported.
    func text(_ name: String) -> String? {
        let file = shown(name)
        switch files.read("\(folder)/\(name)") {
        case .text(let text): return text
        case .missing: collector.error("there is no such file", in: file)
        case .notAFile: collector.error("this is no regular file", in: file)
        case .tooLarge: collector.error("the file is larger than 4 MB", in: file)
        case .notUTF8: collector.error("the file is not UTF-8 text", in: file)
        case .unreadable: collector.error("the file cannot be read", in: file)
        }
        return nil
    }

    /// The tree of a YAML file below the folder; its secrets and faults are reported.
    func document(_ name: String) -> DataNode? {
        guard let text = text(name) else { return nil }
        reportSecrets(in: text, file: shown(name), byRandomness: true)
        return YAMLDocument(file: shown(name), collector: collector).read(text)
    }

    /// The JSON of a contract file below the folder, read once however many operations name it, with the files it refers to
    /// taken in.
    func contract(_ name: String) -> JSONContent? {
        if let known = contracts[name] { return known }
        var content = contractFile(name)
        if let file = content { content = ContractParts(session: self).gather(file, name: name) }
        contracts[name] = .some(content)
        return content
    }

    /// The JSON of a contract file as it stands, read once.
    func contractFile(_ name: String) -> JSONContent? {
        if let known = contractFiles[name] { return known }
        let content = readContract(name)
        contractFiles[name] = .some(content)
        return content
    }

    private func readContract(_ name: String) -> JSONContent? {
        guard let text = text(name) else { return nil }
        let file = shown(name)
        reportSecrets(in: text, file: file, byRandomness: false)
        guard name.hasSuffix(".json") else {
            guard let root = YAMLDocument(file: file, collector: collector).read(text) else { return nil }
            return JSONContent(source: JSONSource(text: root.json, file: file, line: 1), root: root)
        }
        do {
            let root = try JSONDocument.read(text)
            return JSONContent(source: JSONSource(text: text, file: file, line: 1), root: root)
        } catch {
            collector.error("broken JSON: \(error.message)", in: file, at: error.position)
            return nil
        }
    }

    private func reportSecrets(in text: String, file: String, byRandomness: Bool) {
        for match in SecretScan.matches(in: text, byRandomness: byRandomness) {
            collector.hide(match.token)
            collector.error(
                "this looks like \(match.kind), and its value is not shown; a secret's value never belongs in a file",
                in: file, at: match.position,
                expected: "the secret's name here and its value in the store (footing secret set NAME)")
        }
    }
}
