import Contracts
import Inventory

/// Reads HTTP archives (HAR 1.2), as browsers save them.
///
/// Values of headers, cookies and queries never leave the file: their names say how callers show who they are, no more.
/// Contents are looked at for their shape alone.
package struct HARReader {
    private let document: SourceDocument

    /// One entry of the archive.
    private struct Entry {
        var call: SampledCall
        /// How it shows who made it, by the names of its header and query fields.
        var ways: [ImportedAuth]
    }

    /// The calls to one host.
    ///
    /// - Parameter host: the host, with its port where it is not the usual one; nil where the archive holds calls to one API
    ///   only.
    package static func read(_ document: SourceDocument, host: String?) throws(ImportError) -> ImportedAPI {
        try HARReader(document: document).api(host)
    }

    private init(document: SourceDocument) {
        self.document = document
    }

    private func api(_ host: String?) throws(ImportError) -> ImportedAPI {
        guard let entries = document.value["log"]?["entries"]?.arrayValue else {
            throw document.error(
                "this is no HAR file: \"log.entries\" is missing", advice: "save one with a browser's network tools")
        }
        var all: [Entry] = []
        for (index, entry) in entries.enumerated() {
            let place = JSONPointer(tokens: ["log", "entries", String(index)])
            if let entry = try self.entry(entry, at: place) { all.append(entry) }
        }
        let chosen = try self.host(host, all.map(\.call))
        let those = all.filter { $0.call.server == chosen }
        var auth = AuthGuess()
        for way in those.flatMap(\.ways) { auth.add(way) }
        var api = ImportedAPI(format: "HAR \(document.value["log"]?["version"]?.stringValue ?? "1.2")")
        api.servers = [ImportedServer(url: chosen)]
        api.auth = auth.best
        var operations = SampledOperations(those.map(\.call))
        operations.finish(into: &api)
        api.leftOut = all.count - those.count
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

    private func entry(_ entry: JSONValue, at place: JSONPointer) throws(ImportError) -> Entry? {
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
            if JSONMediaType.covers(type) {
                call.request = Self.json(Array(text.utf8))
            } else {
                call.otherRequest = Self.plain(type)
            }
        }
        let response = entry["response"]
        call.status = response?["status"]?.intValue.flatMap { $0 > 0 ? $0 : nil }
        let content = response?["content"]
        let type = content?["mimeType"]?.stringValue ?? ""
        if JSONMediaType.covers(type), !type.contains("manifest"), let text = content?["text"]?.stringValue {
            call.answer = Self.content(text, isEncoded: content?["encoding"] == "base64").flatMap { Self.json($0) }
        }
        let headers = request["headers"]?.arrayValue ?? []
        let ways = headers.compactMap { header in
            header["name"]?.stringValue.flatMap { AuthGuess.way(header: $0, value: header["value"]?.stringValue) }
        }
        return Entry(call: call, ways: ways + parts.names.compactMap { AuthGuess.way(query: $0) })
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

    private static func json(_ bytes: [UInt8]) -> JSONValue? {
        try? JSONValue.parse(bytes, limits: JSONLimits(depth: 128, duplicateKeys: .keepLast))
    }

    /// The bytes of a content; encoded ones may be broken into lines.
    private static func content(_ text: String, isEncoded: Bool) -> [UInt8]? {
        guard isEncoded else { return Array(text.utf8) }
        return Base64.decode(String(decoding: text.utf8.filter { $0 != 0x0A && $0 != 0x0D }, as: UTF8.self))
    }
}
