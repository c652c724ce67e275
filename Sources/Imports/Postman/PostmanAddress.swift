import Contracts

/// The address of a collection's request.
struct PostmanAddress {
    /// Nil where it begins with a variable nobody filled in.
    private(set) var server: String?
    /// Parameters in braces.
    private(set) var segments: [String] = []
    private(set) var queryNames: [String] = []

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
        segments = rest.split(separator: "/", omittingEmptySubsequences: false).map {
            Self.segment(String($0), variables)
        }
        queryNames = Self.names(url, raw)
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

    private static func names(_ url: JSONValue?, _ raw: String) -> [String] {
        var names: [String] = []
        let listed = url?["query"]?.arrayValue?.compactMap { $0["key"]?.stringValue }
        let written = raw.drop { $0 != "?" }.dropFirst().split(separator: "&").map { String($0.prefix { $0 != "=" }) }
        for name in listed ?? written where !name.isEmpty && !name.contains("{{") && !names.contains(name) {
            names.append(name)
        }
        return names
    }
}
