import Contracts
import Inventory

/// What a description says about the provider as a whole: addresses, how callers show who they are, rates.
struct OpenAPIGeneral {
    let files: DescriptionFiles

    private var root: JSONValue { files.main.value }

    /// The description's addresses; those of single operations only where it names none itself.
    func servers(_ operations: [OpenAPIOperation], _ notes: inout [ImportNote]) -> [ImportedServer] {
        var servers = Self.servers(root["servers"])
        let own = operations.contains { $0.value["servers"]?.arrayValue?.isEmpty == false }
        if servers.isEmpty {
            for operation in operations {
                for server in Self.servers(operation.value["servers"]) where !servers.contains(server) {
                    servers.append(server)
                }
            }
        } else if own {
            notes.append(
                ImportNote(
                    .gap, "", "some operations name an address of their own, which a provider cannot have",
                    at: JSONPointer(tokens: ["servers"])))
        }
        return servers
    }

    private static func servers(_ value: JSONValue?) -> [ImportedServer] {
        (value?.arrayValue ?? []).compactMap { server in
            guard var url = server["url"]?.stringValue else { return nil }
            for (name, variable) in server["variables"]?.objectValue ?? [:] {
                if let value = variable["default"]?.stringValue { url = url.replacing("{\(name)}", with: value) }
            }
            return ImportedServer(url: url, about: server["description"]?.stringValue ?? "")
        }
    }

    /// The way most of the operations accept; of several, the one that is easiest to keep a secret in.
    func auth(_ operations: [OpenAPIOperation], _ notes: inout [ImportNote]) throws(ImportError) -> ImportedAuth? {
        let place = DocumentPlace().appending("components", "securitySchemes")
        var uses: [String: Int] = [:]
        var open = 0
        var isJoint = false
        for operation in operations {
            let wanted = (operation.value["security"] ?? root["security"])?.arrayValue ?? []
            if wanted.allSatisfy({ $0.objectValue?.isEmpty ?? true }) { open += 1 }
            for choice in wanted {
                let names = choice.objectValue?.keys ?? []
                isJoint = isJoint || names.count > 1
                for name in names { uses[name, default: 0] += 1 }
            }
        }
        // A description may name its schemes and forget to ask for them.
        if uses.isEmpty {
            for name in root["components"]?["securitySchemes"]?.objectValue?.keys ?? [] { uses[name] = 1 }
        }
        var ways: [(auth: ImportedAuth, rank: Int, name: String)] = []
        for name in uses.keys.sorted() {
            guard let value = root["components"]?["securitySchemes"]?[name] else { continue }
            let (scheme, here) = try files.followed(value, at: place.appending(name))
            if let (auth, rank) = Self.way(scheme) {
                ways.append((auth, rank, name))
                if scheme["type"] == "oauth2" || scheme["type"] == "openIdConnect" {
                    notes.append(
                        ImportNote(
                            .gap, "",
                            "\(name): the secret holds an access token; fetching and renewing it is not described",
                            at: here.pointer))
                }
            } else {
                notes.append(
                    ImportNote(.gap, "", "\(name): this way to show a key is not known here", at: here.pointer))
            }
        }
        let best = ways.max { ($0.rank, uses[$0.name] ?? 0, $1.name) < ($1.rank, uses[$1.name] ?? 0, $0.name) }
        guard let best else { return nil }
        let others = Set(ways.map(\.auth)).count - 1
        if isJoint {
            notes.append(
                ImportNote(
                    .gap, "", "some operations want several keys at once; only \(best.name) is set up",
                    at: place.pointer))
        } else if others > 0 {
            notes.append(
                ImportNote(.guess, "", "of \(others + 1) ways to show a key, \(best.name) is set up", at: place.pointer)
            )
        }
        if open > 0, open < operations.count {
            notes.append(
                ImportNote(.gap, "", "\(open) of \(operations.count) operations need no key and get it all the same"))
        }
        return best.auth
    }

    private static func way(_ scheme: JSONValue) -> (ImportedAuth, rank: Int)? {
        switch scheme["type"]?.stringValue {
        case "http":
            switch scheme["scheme"]?.stringValue?.lowercased() {
            case "bearer": return (.bearer, 4)
            case "basic": return (.basic, 2)
            default: return nil
            }
        case "apiKey":
            guard let name = scheme["name"]?.stringValue else { return nil }
            switch scheme["in"]?.stringValue {
            case "header": return (.header(name), 3)
            case "query": return (.query(name), 1)
            default: return nil
            }
        case "oauth2", "openIdConnect": return (.bearer, 0)
        default: return nil
        }
    }

    /// A rate that the description gives as an extension: `x-rate-limit: {limit: 100, period: 60}` or `"100/60s"`.
    func rate() -> String? {
        for holder in [root, root["info"] ?? .null] {
            for name in ["x-rate-limit", "x-ratelimit", "x-rateLimit", "x-rate-limits"] {
                if let rate = holder[name].flatMap({ Self.rate($0) }) { return rate }
            }
        }
        return nil
    }

    private static let spans: [String: Int] = [
        "second": 1, "sec": 1, "s": 1, "minute": 60, "min": 60, "m": 60, "hour": 3600, "h": 3600,
    ]

    private static func rate(_ value: JSONValue) -> String? {
        if let text = value.stringValue {
            let parts = text.split(separator: "/").map { String($0).trimmed.lowercased() }
            guard parts.count == 2, let count = Int(parts[0]), count > 0, let seconds = seconds(.string(parts[1]))
            else {
                return nil
            }
            return "\(count)/\(seconds)s"
        }
        let count = ["limit", "requests", "rate", "max"].lazy.compactMap { value[$0]?.intValue }.first
        let span = ["period", "per", "interval", "window"].lazy.compactMap { value[$0] }.first
        guard let count, count > 0, let seconds = span.flatMap({ Self.seconds($0) }) else { return nil }
        return "\(count)/\(seconds)s"
    }

    private static func seconds(_ value: JSONValue) -> Int? {
        if let number = value.intValue { return (1...86_400).contains(number) ? number : nil }
        guard let text = value.stringValue?.lowercased() else { return nil }
        let digits = text.prefix { $0.isNumber }
        let unit = String(text.dropFirst(digits.count)).trimmed
        guard let span = spans[unit] ?? (unit.hasSuffix("s") ? spans[String(unit.dropLast())] : nil) else { return nil }
        let count = digits.isEmpty ? 1 : Int(digits) ?? 0
        return (1...86_400).contains(count) ? count * span : nil
    }
}
