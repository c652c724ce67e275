import Contracts
import Inventory

/// Makes a plan: compares what a document says with what the last import wrote and with what is there.
struct ImportPlanMaker {
    private(set) var plan = ImportPlan()

    private let api: ImportedAPI
    private let settings: ImportSettings
    private let read: (String) throws -> [UInt8]?
    private let draft: ProviderDraft
    private let providerFile: String
    private let oldProvider: [UInt8]?
    private let oldRecord: [UInt8]?
    private var record: ImportRecord
    private var text: ProviderText

    private var recordFile: String { "contracts/\(settings.provider)/import.json" }

    init(
        _ api: ImportedAPI, _ settings: ImportSettings, read: @escaping (String) throws -> [UInt8]?
    ) throws {
        guard Names.isName(settings.provider) else {
            throw ImportError(
                file: settings.source, message: "\"\(settings.provider)\" cannot be a provider's name",
                advice: "use \(Names.expected)")
        }
        self.api = api
        self.read = read
        let names = ["yaml", "yml"].map { "providers/\(settings.provider).\($0)" }
        var found: (name: String, bytes: [UInt8])?
        for name in names where found == nil { found = try read(name).map { (name, $0) } }
        providerFile = found?.name ?? names[0]
        oldProvider = found?.bytes
        oldRecord = try read("contracts/\(settings.provider)/import.json")
        record = oldRecord.flatMap { ImportRecord($0) } ?? ImportRecord()
        var settings = settings
        settings.fill(from: record.said)
        record.said = settings.said
        self.settings = settings
        let known = try found.map { try ProviderText($0.bytes, file: "footing/\($0.name)") }
        draft = try ProviderDraft(api, settings, hasAddress: known?.keys["environments"] != nil)
        text =
            known
            ?? ProviderText(
                new: draft.keys, about: "Imported from \(settings.source) by footing import; yours to change.",
                file: "footing/\(providerFile)")
    }

    mutating func make(present: Set<String>?) throws {
        plan.notes = api.notes + draft.notes
        plan.secret = draft.secret
        if oldProvider != nil { mergeProvider() } else { record.provider = draft.keys }
        try mergeOperations(present)
        if let present {
            plan.gone = record.operations.filter { !present.contains($0.key) }.map(\.value.name).sorted()
        }
        try text.check()
        for (name, schema) in draft.files.sorted(by: { $0.key < $1.key }) { try mergeFile(name, schema) }
        add(providerFile, oldProvider, text.bytes)
        try declareSecret()
        if !plan.files.isEmpty {
            add(recordFile, oldRecord, record.bytes(format: api.format, source: settings.source))
        }
    }

    private mutating func mergeProvider() {
        for (key, value) in draft.keys {
            var value = value
            let base = record.provider[key]
            if key == "errors", let old = base?.arrayValue, let new = value.arrayValue {
                // An import of other operations adds what they answer with.
                value = .array(old + new.filter { rule in !old.contains { $0["code"] == rule["code"] } })
            }
            let mine = text.keys[key]
            switch outcome(base, mine, value) {
            case .taken: text.set(key, to: value)
            case .kept: plan.kept.append(key)
            case .disputed: dispute("the provider's \(key)", mine, value)
            case .same: break
            }
            record.provider[key] = value
        }
    }

    private mutating func mergeOperations(_ present: Set<String>?) throws {
        var added: [(name: String, keys: JSONObject, isGuess: Bool)] = []
        for (origin, fileName, keys, isGuess) in draft.operations {
            let base =
                record.operations[origin]
                ?? record.operations.first { entry in
                    entry.value.name == fileName && present?.contains(entry.key) == false
                }?.value
            let name = existing(keys, fileName, base)
            record.operations = record.operations.filter { $0.value.name != fileName }
            record.operations[origin] = ImportRecord.Written(name: fileName, keys: keys)
            let risk = keys["risk"]?.stringValue ?? ""
            guard let name, let mine = text.operations.first(where: { $0.name == name })?.keys else {
                if base != nil, !settings.replaces {
                    plan.kept.append("\(fileName): taken out")
                    continue
                }
                var name = fileName
                var number = 2
                while text.operations.contains(where: { $0.name == name }) || added.contains(where: { $0.name == name })
                {
                    name = "\(fileName.prefix(60))-\(number)"
                    number += 1
                }
                added.append((name, keys, isGuess))
                plan.operations.append(.init(name: name, origin: origin, kind: .added, risk: risk, keys: []))
                continue
            }
            var changed: [String] = []
            for key in Set(keys.keys + (base?.keys.keys ?? [])).sorted() {
                let value = keys[key]
                switch outcome(base?.keys[key], mine[key], value) {
                case .taken:
                    try text.set(key, to: value, of: name)
                    changed.append(key)
                case .kept: plan.kept.append("\(name): \(key)")
                case .disputed: dispute("operation \(name): \(key)", mine[key], value)
                case .same: break
                }
            }
            plan.operations.append(
                .init(name: name, origin: origin, kind: changed.isEmpty ? .same : .changed, risk: risk, keys: changed))
        }
        try text.add(added)
    }

    /// The operation of the file that is this one: the same method and path, or the name of one whose path has changed.
    private func existing(_ keys: JSONObject, _ name: String, _ base: ImportRecord.Written?) -> String? {
        let path = keys["path"]?.stringValue.flatMap { try? PathTemplate($0) }
        let same = text.operations.first { operation in
            guard operation.keys["method"]?.stringValue?.uppercased() == keys["method"]?.stringValue, let path else {
                return false
            }
            let theirs = operation.keys["path"]?.stringValue.flatMap { try? PathTemplate($0) }
            return theirs.map { path.hasSameShape(as: $0) } ?? false
        }
        if let same { return same.name }
        guard base != nil else { return nil }
        return text.operations.first { $0.name == name }?.name
    }

    private mutating func mergeFile(_ name: String, _ schema: JSONValue) throws {
        let new = Array((schema.pretty() + "\n").utf8)
        let old = try read(name)
        let print = Self.fingerprint(new)
        let base = record.files[name]
        record.files[name] = print
        guard let old else {
            // A proposal that is gone was accepted or refused.
            if base == print, name.hasPrefix("contracts/proposed/"), !settings.replaces { return }
            return add(name, nil, new)
        }
        guard old != new else { return }
        let mine = Self.fingerprint(old)
        switch outcome(base.map { .string($0) }, .string(mine), .string(print)) {
        case .taken: add(name, old, new)
        case .kept: plan.kept.append(name)
        case .disputed:
            plan.disputes.append(.init(what: name, mine: "changed by hand", theirs: "another schema"))
        case .same: break
        }
    }

    private mutating func declareSecret() throws {
        guard let secret = draft.secret, text.keys["auth"] == draft.keys["auth"] else {
            plan.secret = nil
            return
        }
        let file = "footing.yaml"
        guard let old = try read(file) else { return }
        let about = "Key of \(api.title ?? settings.provider)"
        if let new = try SecretDeclaration.added(secret, about: about, to: old, file: "footing/\(file)") {
            add(file, old, new)
        }
    }

    private mutating func add(_ path: String, _ old: [UInt8]?, _ new: [UInt8]) {
        guard old != new else { return }
        plan.files.append(FileChange(path: path, old: old, new: new))
    }

    private mutating func dispute(_ what: String, _ mine: JSONValue?, _ theirs: JSONValue?) {
        plan.disputes.append(
            .init(what: what, mine: mine?.text ?? "taken out", theirs: theirs?.text ?? "no longer there"))
    }

    private func outcome(_ base: JSONValue?, _ mine: JSONValue?, _ theirs: JSONValue?) -> ImportMerge.Outcome {
        ImportMerge.outcome(base: base, mine: mine, theirs: theirs, replaces: settings.replaces)
    }

    private static func fingerprint(_ bytes: [UInt8]) -> String {
        Fingerprint.of(String(decoding: bytes, as: UTF8.self))
    }
}
