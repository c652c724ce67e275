import Contracts
import Inventory

/// The address of a collection's request.
struct PostmanAddress {
    /// Values that are longer are no examples.
    private static let longest = 4096

    /// Nil where it begins with a variable nobody filled in.
    private(set) var server: String?
    /// Parameters in braces.
    private(set) var segments: [String] = []
    /// For each segment its value, decoded; nil where nothing says it.
    private(set) var values: [String?] = []
    private(set) var queryNames: [String] = []
    /// The query's values, lists where a name comes more than once; nil where one of them is left open.
    private(set) var query: [(name: String, value: JSONValue)]?

    /// Nil for an address that cannot be read.
    init?(_ url: JSONValue?, _ variables: PostmanVariables) {
        guard let raw = Self.raw(url) else { return nil }
        // The first part may be a variable that holds the whole server with a path of its own.
        let open = raw.prefix { $0 != "?" && $0 != "#" }
        var rest: Substring
        if open.hasPrefix("{{"), let end = open.firstRange(of: "}}") {
            let value = variables.filled(String(open[..<end.upperBound]))
            rest = open[end.upperBound...]
            if value.contains("://") {
                server = value.hasSuffix("/") ? String(value.dropLast()) : value
            } else if !value.contains("{{"), !value.isEmpty {
                server = "https://" + value
            }
        } else {
            let text = variables.filled(String(open))[...]
            if let mark = text.firstRange(of: "://") {
                let host = text[mark.upperBound...].prefix { $0 != "/" }
                guard !host.isEmpty, !host.contains("@") else { return nil }
                if !host.contains("{{") { server = String(text[..<mark.upperBound] + host) }
                rest = text[host.endIndex...]
            } else {
                let host = text.prefix { $0 != "/" }
                guard !host.isEmpty else { return nil }
                if !host.contains("{{") { server = "https://\(host)" }
                rest = text[host.endIndex...]
            }
        }
        if rest.hasPrefix("/") { rest = rest.dropFirst() }
        let parts = rest.split(separator: "/", omittingEmptySubsequences: false).map { String($0) }
        segments = parts.map { Self.segment($0, variables) }
        values = parts.map { Self.value($0, url, variables) }
        let pairs = Self.pairs(url, raw)
        for (name, _) in pairs where !queryNames.contains(name) { queryNames.append(name) }
        query = Self.query(pairs, variables)
    }

    private static func raw(_ url: JSONValue?) -> String? {
        if let text = url?.stringValue ?? url?["raw"]?.stringValue, !text.isEmpty { return text }
        guard let host = joined(url?["host"], by: ".") else { return nil }
        let scheme = url?["protocol"]?.stringValue.map { $0 + "://" } ?? ""
        let port = url?["port"]?.stringValue.map { ":" + $0 } ?? ""
        return scheme + host + port + "/" + (joined(url?["path"], by: "/") ?? "")
    }

    private static func joined(_ value: JSONValue?, by separator: String) -> String? {
        if let text = value?.stringValue { return text }
        return value?.arrayValue.map { list in
            list.compactMap { $0.stringValue ?? $0["value"]?.stringValue }.joined(separator: separator)
        }
    }

    /// `:id` and `{{id}}` are parameters.
    private static func segment(_ text: String, _ variables: PostmanVariables) -> String {
        if text.hasPrefix(":"), text.count > 1 { return "{\(text.dropFirst())}" }
        if text.hasPrefix("{{"), text.hasSuffix("}}"), text.count > 4 { return "{\(text.dropFirst(2).dropLast(2))}" }
        return variables.filled(text)
    }

    /// What stands in a segment: for `:id` the value that the request gives it.
    private static func value(_ segment: String, _ url: JSONValue?, _ variables: PostmanVariables) -> String? {
        var text = segment
        if segment.hasPrefix(":"), segment.count > 1 {
            let given = url?["variable"]?.arrayValue?.first { $0["key"]?.stringValue == String(segment.dropFirst()) }
            guard let value = given?["value"]?.stringValue else { return nil }
            text = value
        }
        text = variables.filled(text)
        return text.contains("{{") ? nil : PercentEncoding.decode(text.utf8) ?? text
    }

    /// Names and values of the query, without those that are switched off.
    private static func pairs(_ url: JSONValue?, _ raw: String) -> [(name: String, value: String)] {
        let listed = url?["query"]?.arrayValue?.filter { $0["disabled"] != true }.compactMap { pair in
            pair["key"]?.stringValue.map { ($0, pair["value"]?.stringValue ?? "") }
        }
        let written = raw.drop { $0 != "?" }.dropFirst().prefix { $0 != "#" }.split(separator: "&").map { pair in
            (String(pair.prefix { $0 != "=" }), decoded(pair.drop { $0 != "=" }.dropFirst()))
        }
        return (listed ?? written).filter { !$0.0.isEmpty && !$0.0.contains("{{") }.map { ($0.0, $0.1) }
    }

    private static func decoded(_ text: Substring) -> String {
        PercentEncoding.decode(text.utf8) ?? String(text)
    }

    private static func query(
        _ pairs: [(name: String, value: String)], _ variables: PostmanVariables
    ) -> [(name: String, value: JSONValue)]? {
        var query: [(name: String, value: JSONValue)] = []
        for (name, value) in pairs {
            let text = variables.filled(value)
            guard !text.contains("{{"), text.utf8.count <= longest else { return nil }
            if let place = query.firstIndex(where: { $0.name == name }) {
                let known = query[place].value
                query[place].value = .array((known.arrayValue ?? [known]) + [.string(text)])
            } else {
                query.append((name, .string(text)))
            }
        }
        return query
    }
}
