import Contracts
import Inventory

/// Reads HTTP archives (HAR 1.2), as browsers save them.
///
/// Values of headers, cookies and queries never leave the file: their names say how callers show who they are, no more.
/// Contents are looked at for their shape alone.
package struct HARReader {
    private let document: SourceDocument
    private var auth: [ImportedAuth: Int] = [:]

    /// The calls to one host.
    ///
    /// - Parameter host: the host, with its port where it is not the usual one; nil where the archive holds calls to one API
    ///   only.
    package static func read(_ document: SourceDocument, host: String?) throws(ImportError) -> ImportedAPI {
        var reader = HARReader(document: document)
        return try reader.api(host)
    }

    private init(document: SourceDocument) {
        self.document = document
    }

    private mutating func api(_ host: String?) throws(ImportError) -> ImportedAPI {
        guard let entries = document.value["log"]?["entries"]?.arrayValue else {
            throw document.error(
                "this is no HAR file: \"log.entries\" is missing", advice: "save one with a browser's network tools")
        }
        var calls: [SampledCall] = []
        for (index, entry) in entries.enumerated() {
            let place = JSONPointer(tokens: ["log", "entries", String(index)])
            if let call = try call(entry, at: place) { calls.append(call) }
        }
        let chosen = try self.host(host, calls)
        let those = calls.filter { $0.server == chosen }
        for (index, entry) in entries.enumerated() where Self.server(entry) == chosen { look(entry, index) }
        var api = ImportedAPI(format: "HAR \(document.value["log"]?["version"]?.stringValue ?? "1.2")")
        api.servers = [ImportedServer(url: chosen)]
        api.auth = auth.max { ($0.value, "\($1.key)") < ($1.value, "\($0.key)") }?.key
        var operations = SampledOperations(those)
        operations.finish(into: &api)
        api.leftOut = calls.count - those.count
        return api
    }

    /// The server that is meant.
    private func host(_ host: String?, _ calls: [SampledCall]) throws(ImportError) -> String {
        var counts: [String: Int] = [:]
        for call in calls where call.answer != nil { counts[call.server ?? "", default: 0] += 1 }
        let known = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        let list = known.prefix(8).map { "\(Self.host($0.key)) (\($0.value))" }.joined(separator: ", ")
        guard let host else {
            guard known.count <= 1 else {
                throw document.error(
                    "the archive holds calls to several hosts", advice: "name one with --host: \(list)")
            }
            guard let only = known.first else {
                throw document.error(
                    "no call in the archive was answered in JSON",
                    advice: "record calls of the API, with their contents")
            }
            return only.key
        }
        guard let match = known.first(where: { Self.host($0.key) == host.lowercased() || $0.key == host }) else {
            throw document.error(
                "no call to \(host) was answered in JSON", advice: known.isEmpty ? nil : "the archive has \(list)")
        }
        return match.key
    }

    private static func host(_ server: String) -> String {
        server.firstRange(of: "://").map { String(server[$0.upperBound...]) } ?? server
    }

    private static func server(_ entry: JSONValue) -> String? {
        (entry["request"]?["url"]?.stringValue).flatMap { parts($0)?.server }
    }

    private func call(_ entry: JSONValue, at place: JSONPointer) throws(ImportError) -> SampledCall? {
        guard let request = entry["request"], let method = request["method"]?.stringValue,
            let url = request["url"]?.stringValue
        else {
            throw document.error("an entry needs \"request\" with \"method\" and \"url\"", at: place)
        }
        guard let parts = Self.parts(url) else { return nil }
        var call = SampledCall(method: method.uppercased(), server: parts.server, segments: parts.segments)
        call.place = place
        call.queryNames = parts.names.filter {
            !Redaction.standard.isSecret(member: $0) && !SecretCleaning.isSuspect($0)
        }
        if let text = request["postData"]?["text"]?.stringValue, !text.isEmpty {
            let type = request["postData"]?["mimeType"]?.stringValue ?? ""
            if type.contains("json") { call.request = Self.json(text) } else { call.otherRequest = Self.plain(type) }
        }
        let response = entry["response"]
        call.status = response?["status"]?.intValue.flatMap { $0 > 0 ? $0 : nil }
        let content = response?["content"]
        let type = content?["mimeType"]?.stringValue ?? ""
        if type.contains("json"), !type.contains("manifest"), let text = content?["text"]?.stringValue {
            call.answer =
                content?["encoding"] == "base64" ? Self.decoded(text).flatMap { Self.json($0) } : Self.json(text)
        }
        return call
    }

    /// Counts how a call showed who made it, by the names of its header and query fields.
    private mutating func look(_ entry: JSONValue, _ index: Int) {
        for header in entry["request"]?["headers"]?.arrayValue ?? [] {
            guard let name = header["name"]?.stringValue, Names.isHeader(name) else { continue }
            let plain = name.lowercased()
            if plain == "authorization" {
                let scheme = header["value"]?.stringValue?.prefix { $0 != " " }.lowercased()
                auth[scheme == "basic" ? .basic : scheme == "bearer" ? .bearer : .header(name), default: 0] += 1
            } else if Redaction.standard.isSecret(header: name), !plain.contains("cookie"), !plain.hasPrefix("sec-") {
                auth[.header(name), default: 0] += 1
            }
        }
        for name in (entry["request"]?["url"]?.stringValue).flatMap({ Self.parts($0)?.names }) ?? []
        where Redaction.standard.isSecret(member: name) {
            auth[.query(name), default: 0] += 1
        }
    }

    /// Server, path and the names of the query; nil for what is no web address.
    static func parts(_ url: String) -> (server: String, segments: [String], names: [String])? {
        guard let mark = url.firstRange(of: "://") else { return nil }
        let scheme = url[..<mark.lowerBound].lowercased()
        guard scheme == "http" || scheme == "https" else { return nil }
        let rest = url[mark.upperBound...].prefix { $0 != "#" }
        var host = rest.prefix { $0 != "/" && $0 != "?" }
        let target = rest[host.endIndex...]
        if let at = host.lastIndex(of: "@") { host = host[host.index(after: at)...] }
        let path = target.prefix { $0 != "?" }
        let query = target.dropFirst(path.count + 1)
        var names: [String] = []
        for pair in query.split(separator: "&") {
            let name = pair.prefix { $0 != "=" }.replacing("+", with: " ")
            guard let decoded = PercentEncoding.decode(name.utf8), !decoded.isEmpty, !names.contains(decoded) else {
                continue
            }
            names.append(decoded)
        }
        let segments = path.dropFirst().split(separator: "/", omittingEmptySubsequences: false).map { String($0) }
        return ("\(scheme)://\(host.lowercased())", segments, names)
    }

    private static func plain(_ type: String) -> String {
        String(type.prefix { $0 != ";" }).trimmed.isEmpty
            ? "of no named type" : String(type.prefix { $0 != ";" }).trimmed
    }

    private static func json(_ text: String) -> JSONValue? {
        try? JSONValue.parse(Array(text.utf8), limits: JSONLimits(depth: 128, duplicateKeys: .keepLast))
    }

    private static func decoded(_ text: String) -> String? {
        var bytes: [UInt8] = []
        var bits: UInt32 = 0
        var count = 0
        for byte in text.utf8 {
            let value: UInt8
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): value = byte - 65
            case UInt8(ascii: "a")...UInt8(ascii: "z"): value = byte - 71
            case UInt8(ascii: "0")...UInt8(ascii: "9"): value = byte + 4
            case UInt8(ascii: "+"): value = 62
            case UInt8(ascii: "/"): value = 63
            case UInt8(ascii: "="), UInt8(ascii: "\n"), UInt8(ascii: "\r"): continue
            default: return nil
            }
            bits = bits << 6 | UInt32(value)
            count += 6
            if count >= 8 {
                count -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }
}
