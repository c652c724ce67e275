/// Compares two OpenAPI documents (3.0 and 3.1, also one with the other), operation by operation.
///
/// What a caller sends is judged as a request, what the provider gives back as an answer; for webhooks and callbacks it is
/// the other way round. Descriptions, tags and examples do not count.
public struct OpenAPIComparison {
    private let old: OpenAPIPart
    private let new: OpenAPIPart
    private var changes: [ContractChange] = []
    private var schemas: OpenAPISchemas
    /// Callbacks that are inside of each other just now: by references, one may be inside of itself.
    private var callbackDepth = 0
    private static let callbackLimit = 4

    public init(old: JSONValue, new: JSONValue) {
        self.old = OpenAPIPart(document: old)
        self.new = OpenAPIPart(document: new)
        schemas = OpenAPISchemas(old: old, new: new)
    }

    /// Whether a text is an OpenAPI 3 document and not a schema.
    public static func isDocument(_ json: JSONValue) -> Bool {
        json["openapi"]?.stringValue?.hasPrefix("3.") ?? false
    }

    /// All changes, the worst first.
    public mutating func run() -> [ContractChange] {
        changes = []
        compare(OpenAPIOperation.all(in: old), OpenAPIOperation.all(in: new), isProviders: false)
        compare(
            OpenAPIOperation.all(in: old, under: "webhooks"), OpenAPIOperation.all(in: new, under: "webhooks"),
            isProviders: true)
        compareSchemes()
        return SchemaComparison.sorted(changes + schemas.changes())
    }

    private mutating func add(
        _ severity: ContractChange.Severity, _ side: ContractChange.Side, _ place: String, _ rule: String,
        _ message: String
    ) {
        changes.append(ContractChange(severity, side, place: place, rule: rule, message: message))
    }

    private mutating func compare(
        _ old: [(key: String, operation: OpenAPIOperation)], _ new: [(key: String, operation: OpenAPIOperation)],
        isProviders: Bool
    ) {
        let earlier = Dictionary(old.map { ($0.key, $0.operation) }) { first, _ in first }
        let later = Dictionary(new.map { ($0.key, $0.operation) }) { first, _ in first }
        let sent: ContractChange.Side = isProviders ? .answer : .request
        let given: ContractChange.Side = isProviders ? .request : .answer
        for (key, operation) in old where later[key] == nil {
            let isDeprecated = operation.part.json["deprecated"] == true
            add(
                isProviders ? .risky : .breaking, sent, operation.name, "operation-removed",
                isDeprecated ? "is gone; it was deprecated" : "is gone")
        }
        for (key, operation) in new {
            guard let before = earlier[key] else {
                add(isProviders ? .risky : .safe, sent, operation.name, "operation-added", "is new")
                continue
            }
            compare(before, operation, sent, given)
        }
    }

    private mutating func compare(
        _ old: OpenAPIOperation, _ new: OpenAPIOperation, _ sent: ContractChange.Side, _ given: ContractChange.Side
    ) {
        let name = new.name
        if old.part.json["deprecated"] != new.part.json["deprecated"] {
            let isDeprecated = new.part.json["deprecated"] == true
            add(.safe, sent, name, "deprecated", isDeprecated ? "is deprecated" : "is no longer deprecated")
        }
        if let id = old.part.json["operationId"], id != new.part.json["operationId"] {
            add(.risky, sent, name, "operation-id", "has another operationId, which generated clients are named after")
        }
        compareServers(old, new, sent)
        compareSecurity(old, new, sent)
        compareParameters(old, new, sent)
        compareBodies(old, new, sent)
        compareAnswers(old, new, given)
        compareCallbacks(old, new, sent, given)
    }

    private mutating func compareServers(
        _ old: OpenAPIOperation, _ new: OpenAPIOperation, _ side: ContractChange.Side
    ) {
        let urls = { (servers: JSONValue?) in Set((servers?.arrayValue ?? []).compactMap { $0["url"]?.stringValue }) }
        let (was, now) = (urls(old.servers), urls(new.servers))
        guard !was.isEmpty, was != now else { return }
        for url in was.subtracting(now).sorted() {
            add(.breaking, side, new.name, "server-removed", "is no longer served under \(url)")
        }
        for url in now.subtracting(was).sorted() {
            add(.safe, side, new.name, "server-added", "is served under \(url) too")
        }
    }

    /// Whoever could sign in before must be able to in the same way.
    private mutating func compareSecurity(
        _ old: OpenAPIOperation, _ new: OpenAPIOperation, _ side: ContractChange.Side
    ) {
        let (was, now) = (old.security ?? [[:]], new.security ?? [[:]])
        let before = was.isEmpty ? [[:]] : was
        let after = now.isEmpty ? [[:]] : now
        for own in before where !after.contains(where: { Self.asksNoMore($0, than: own) }) {
            add(.breaking, side, new.name, "security", "\(Self.words(own)) is no longer enough to be let in")
        }
        for other in after where !before.contains(where: { Self.asksNoMore($0, than: other) }) {
            add(.safe, side, new.name, "security", "\(Self.words(other)) is enough to be let in")
        }
    }

    private static func asksNoMore(_ requirement: JSONValue, than given: JSONValue) -> Bool {
        (requirement.objectValue?.entries ?? []).allSatisfy { scheme, scopes in
            guard let held = given[scheme] else { return false }
            return Set(scopes.arrayValue ?? []).isSubset(of: Set(held.arrayValue ?? []))
        }
    }

    private static func words(_ requirement: JSONValue) -> String {
        let parts = (requirement.objectValue?.entries ?? []).map { scheme, scopes in
            let names = (scopes.arrayValue ?? []).compactMap(\.stringValue)
            return names.isEmpty ? scheme : "\(scheme) with \(names.joined(separator: ", "))"
        }
        return parts.isEmpty ? "no sign-in" : parts.joined(separator: " and ")
    }

    private mutating func compareSchemes() {
        let earlier = old["components"]?["securitySchemes"]?.members ?? []
        let later = new["components"]?["securitySchemes"]
        for (name, scheme) in earlier {
            guard let now = later?[name]?.json else { continue }
            for key in ["type", "in", "name", "scheme", "flows", "openIdConnectUrl"] where scheme.json[key] != now[key]
            {
                let isCase = key == "scheme" || key == "name" && scheme.json["in"] == "header"
                if isCase, scheme.json[key]?.stringValue?.lowercased() == now[key]?.stringValue?.lowercased() {
                    continue
                }
                add(
                    key == "flows" ? .risky : .breaking, .request, "security \(name)", "security-scheme",
                    "works another way: \(key) differs")
            }
        }
    }

    private mutating func compareParameters(
        _ old: OpenAPIOperation, _ new: OpenAPIOperation, _ side: ContractChange.Side
    ) {
        for (key, parameter) in old.parameters.sorted(by: { $0.key < $1.key }) {
            let name = Self.name(parameter)
            guard let now = new.parameters[key] else {
                let own = parameter.json["name"]?.stringValue
                let moved = new.parameters.values.first { $0.json["name"]?.stringValue == own }
                if let moved {
                    add(
                        .breaking, side, "\(new.name), \(name)", "parameter-moved",
                        "is expected in the \(moved.json["in"]?.stringValue ?? "")")
                } else {
                    add(.risky, side, "\(new.name), \(name)", "parameter-removed", "is no longer described")
                }
                continue
            }
            compare(parameter, now, "\(new.name), \(name)", side)
        }
        for (key, parameter) in new.parameters.sorted(by: { $0.key < $1.key }) where old.parameters[key] == nil {
            let isRequired = parameter.json["required"] == true
            add(
                isRequired ? .breaking : .safe, side, "\(new.name), \(Self.name(parameter))", "parameter-added",
                isRequired ? "is new and must be given" : "is new")
        }
    }

    private static func name(_ parameter: OpenAPIPart) -> String {
        let place = parameter.json["in"]?.stringValue.map { $0 + " " } ?? ""
        return place + (parameter.json["name"]?.stringValue ?? "parameter")
    }

    /// A parameter or header.
    private mutating func compare(
        _ old: OpenAPIPart, _ new: OpenAPIPart, _ place: String, _ side: ContractChange.Side
    ) {
        if old.isElsewhere || new.isElsewhere {
            return add(.risky, side, place, "reference", "refers to another document, which is not compared")
        }
        let (was, now) = (old.json["required"] == true, new.json["required"] == true)
        if was != now {
            let isHarmful = (side == .request) == now
            let words =
                side == .request
                ? ("must be given now", "need not be given any more") : ("is always there now", "may be missing now")
            add(isHarmful ? .breaking : .safe, side, place, "required", now ? words.0 : words.1)
        }
        for key in ["style", "explode", "allowReserved", "allowEmptyValue"] where old.json[key] != new.json[key] {
            if Self.manner(key, old.json) == Self.manner(key, new.json) { continue }
            add(.breaking, side, place, key, "is written another way: \(key) differs")
        }
        if old.json["deprecated"] != new.json["deprecated"], new.json["deprecated"] == true {
            add(.safe, side, place, "deprecated", "is deprecated")
        }
        if old.json["content"] != nil || new.json["content"] != nil {
            compareContent(old["content"], new["content"], place, side)
        }
        compareSchema(old, new, place, side)
    }

    /// How a parameter is written, with what holds where nothing is said.
    private static func manner(_ key: String, _ parameter: JSONValue) -> JSONValue {
        let place = parameter["in"]?.stringValue ?? "header"
        let style = parameter["style"]?.stringValue ?? (place == "query" || place == "cookie" ? "form" : "simple")
        switch key {
        case "style": return .string(style)
        case "explode": return parameter["explode"] ?? .bool(style == "form")
        default: return parameter[key] ?? false
        }
    }

    private mutating func compareSchema(
        _ old: OpenAPIPart, _ new: OpenAPIPart, _ place: String, _ side: ContractChange.Side
    ) {
        guard old.json["schema"] != nil || new.json["schema"] != nil else { return }
        schemas.ask(place, side, old: old.written("schema"), new: new.written("schema"))
    }

    private mutating func compareBodies(
        _ old: OpenAPIOperation, _ new: OpenAPIOperation, _ side: ContractChange.Side
    ) {
        let place = "\(new.name), body"
        switch (old.part["requestBody"], new.part["requestBody"]) {
        case (nil, nil): return
        case (nil, let now?):
            let isRequired = now.json["required"] == true
            add(
                isRequired ? .breaking : .safe, side, place, "body-added",
                isRequired ? "is new and must be given" : "is new")
        case (.some, nil): add(.risky, side, place, "body-removed", "is no longer described")
        case (let was?, let now?):
            if was.json["required"] != true, now.json["required"] == true {
                add(.breaking, side, place, "required", "must be given now")
            }
            compareContent(was["content"], now["content"], place, side)
        }
    }

    /// Media types and what is inside.
    private mutating func compareContent(
        _ old: OpenAPIPart?, _ new: OpenAPIPart?, _ place: String, _ side: ContractChange.Side
    ) {
        let later = Dictionary((new?.members ?? []).map { (Self.media($0.name), $0.part) }) { first, _ in first }
        var known: Set<String> = []
        for (name, was) in old?.members ?? [] {
            let media = Self.media(name)
            known.insert(media)
            guard let now = later[media] else {
                let isRisky = side == .answer && later.isEmpty
                add(isRisky ? .risky : .breaking, side, place, "media-type-removed", "\(name) is gone")
                continue
            }
            let inner = later.count > 1 ? "\(place) (\(name))" : place
            compareSchema(was, now, inner, side)
            if was.json["encoding"] != now.json["encoding"] {
                add(.risky, side, inner, "encoding", "its parts are encoded another way")
            }
        }
        for (name, _) in new?.members ?? [] where !known.contains(Self.media(name)) {
            add(side == .answer ? .risky : .safe, side, place, "media-type-added", "\(name) is new")
        }
    }

    private static func media(_ name: String) -> String {
        name.lowercased().filter { $0 != " " }
    }

    private mutating func compareAnswers(
        _ old: OpenAPIOperation, _ new: OpenAPIOperation, _ side: ContractChange.Side
    ) {
        let earlier = old.part["responses"]?.members ?? []
        let later = new.part["responses"]?.members ?? []
        for (status, was) in earlier {
            let place = "\(new.name), \(status)"
            guard let now = Self.covering(status, later) else {
                add(
                    status.hasPrefix("2") || status.hasPrefix("3") ? .breaking : .risky, side, place, "status-removed",
                    "is no longer described")
                continue
            }
            compareAnswer(was, now, place, side)
        }
        for (status, now) in later where !earlier.contains(where: { $0.name == status }) {
            let place = "\(new.name), \(status)"
            if let was = Self.covering(status, earlier) {
                compareAnswer(was, now, place, side)
            } else {
                add(.risky, side, place, "status-added", "is new")
            }
        }
    }

    /// What speaks of a status: itself, its class, or the rest.
    private static func covering(
        _ status: String, _ answers: [(name: String, part: OpenAPIPart)]
    ) -> OpenAPIPart? {
        for name in [status, "\(status.prefix(1))XX", "default"] {
            if let found = answers.first(where: { $0.name.uppercased() == name.uppercased() }) { return found.part }
        }
        return nil
    }

    private mutating func compareAnswer(
        _ old: OpenAPIPart, _ new: OpenAPIPart, _ place: String, _ side: ContractChange.Side
    ) {
        if old.isElsewhere || new.isElsewhere {
            return add(.risky, side, place, "reference", "refers to another document, which is not compared")
        }
        compareContent(old["content"], new["content"], place, side)
        let later = Dictionary((new["headers"]?.members ?? []).map { ($0.name.lowercased(), $0.part) }) { first, _ in
            first
        }
        var known: Set<String> = []
        for (name, was) in old["headers"]?.members ?? [] {
            known.insert(name.lowercased())
            guard let now = later[name.lowercased()] else {
                add(
                    was.json["required"] == true ? .breaking : .risky, side, place, "header-removed",
                    "the header \(name) is no longer described")
                continue
            }
            compare(was, now, "\(place), header \(name)", side)
        }
        for (name, _) in new["headers"]?.members ?? [] where !known.contains(name.lowercased()) {
            add(.safe, side, place, "header-added", "the header \(name) is new")
        }
    }

    private mutating func compareCallbacks(
        _ old: OpenAPIOperation, _ new: OpenAPIOperation, _ sent: ContractChange.Side, _ given: ContractChange.Side
    ) {
        let earlier = Self.callbacks(old, self.old)
        let later = Self.callbacks(new, self.new)
        guard !earlier.isEmpty || !later.isEmpty else { return }
        guard callbackDepth < Self.callbackLimit else {
            if old.part.json == new.part.json { return }
            return add(.risky, given, new.name, "callbacks", "callbacks this deep inside of others are not compared")
        }
        callbackDepth += 1
        defer { callbackDepth -= 1 }
        compare(earlier, later, isProviders: sent == .request)
    }

    private static func callbacks(
        _ operation: OpenAPIOperation, _ document: OpenAPIPart
    ) -> [(key: String, operation: OpenAPIOperation)] {
        (operation.part["callbacks"]?.members ?? []).flatMap { name, callback in
            callback.members.flatMap { path, item in
                OpenAPIOperation.all(of: item, path: "\(name) \(path)", document)
            }
        }
    }
}
