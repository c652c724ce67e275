import Inventory

/// Reads and writes the address of a server.
enum ServerAddress {
    /// An address such as `https://footing.example.com` or `127.0.0.1:8787`. Throws `Failure`.
    static func parse(_ text: String) throws -> ServiceURL {
        let wrong = Failure(
            .usage, "\(text) is not an address", evidence: ["Expected something like http://127.0.0.1:8787."])
        var rest = Substring(text)
        var scheme = ServiceURL.Scheme.http
        if let mark = text.firstRange(of: "://") {
            guard let known = ServiceURL.Scheme(rawValue: text[..<mark.lowerBound].lowercased()) else { throw wrong }
            scheme = known
            rest = text[mark.upperBound...]
        }
        let authority = rest.prefix { $0 != "/" }
        var path = String(rest.dropFirst(authority.count))
        while path.hasSuffix("/") { path.removeLast() }
        guard let (host, port) = split(authority),
            (host + path).utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && !"?#@\\\"<>".utf8.contains($0) })
        else { throw wrong }
        return ServiceURL(scheme: scheme, host: host, port: port, basePath: path)
    }

    /// How to reach, from this machine, a server that listens there.
    static func local(_ listen: ListenAddress, isSecure: Bool) -> ServiceURL {
        let host = ["0.0.0.0", "::", ""].contains(listen.host) ? "127.0.0.1" : listen.host
        return ServiceURL(scheme: isSecure ? .https : .http, host: host, port: listen.port)
    }

    /// `HOST:PORT`, `:PORT` or `PORT`, as `--listen` takes it; nil when it is none of them.
    static func listen(_ text: String) -> ListenAddress? {
        if let port = Int(text), (0...65_535).contains(port) {
            return ListenAddress(host: ListenAddress.standard.host, port: port)
        }
        guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]),
            (0...65_535).contains(port)
        else { return nil }
        let host = text[..<colon].filter { $0 != "[" && $0 != "]" }
        return ListenAddress(host: host.isEmpty ? ListenAddress.standard.host : host, port: port)
    }

    private static func split(_ authority: Substring) -> (host: String, port: Int?)? {
        if authority.first == "[" {
            guard let end = authority.firstIndex(of: "]") else { return nil }
            let host = String(authority[authority.index(after: authority.startIndex)..<end])
            let rest = authority[authority.index(after: end)...]
            if rest.isEmpty { return (host, nil) }
            guard rest.first == ":", let port = port(rest.dropFirst()) else { return nil }
            return (host, port)
        }
        guard let colon = authority.firstIndex(of: ":") else {
            return authority.isEmpty ? nil : (authority.lowercased(), nil)
        }
        guard colon != authority.startIndex, let port = port(authority[authority.index(after: colon)...]) else {
            return nil
        }
        return (authority[..<colon].lowercased(), port)
    }

    private static func port(_ text: Substring) -> Int? {
        guard let port = Int(text), (1...65_535).contains(port) else { return nil }
        return port
    }
}
