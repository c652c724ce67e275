extension ServiceURL {
    /// What is wrong with the text of an address, in words.
    package struct Fault: Error {
        package let message: String
        package let expected: String
    }

    /// Reads an absolute http or https address without user, query or fragment (RFC 3986, section 3).
    package init(_ text: String) throws(Fault) {
        let example = "an address such as \"https://api.example.com/v1\""
        guard let colon = text.firstRange(of: "://") else {
            throw Fault(message: "the address has no scheme", expected: example)
        }
        guard let scheme = Scheme(rawValue: text[..<colon.lowerBound].lowercased()) else {
            throw Fault(message: "the address has a scheme that is not spoken here", expected: "http or https")
        }
        let rest = text[colon.upperBound...]
        guard !rest.contains(where: { $0 == "?" || $0 == "#" }) else {
            throw Fault(message: "the address has a query or fragment", expected: example)
        }
        let authority = rest.prefix { $0 != "/" }
        guard !authority.contains("@") else {
            throw Fault(
                message: "the address holds a user or password",
                expected: "no credentials in the address; name a secret under \"auth\"")
        }
        guard let (host, port) = ServiceURL.split(authority), let host else {
            throw Fault(message: "the address has no usable host and port", expected: example)
        }
        var path = String(rest.dropFirst(authority.count))
        while path.hasSuffix("/") { path.removeLast() }
        let allowed = path.utf8.allSatisfy {
            $0.isASCIILetter || $0.isASCIIDigit || "/-._~!$&'()*+,;=:@%".utf8.contains($0)
        }
        guard allowed, let decoded = PercentEncoding.decode(path.utf8), PathTemplate.isSafe(decoded) else {
            throw Fault(
                message: "the address has a path that cannot be used", expected: "a path without \"..\" or spaces")
        }
        self.init(scheme: scheme, host: host, port: port, basePath: path)
    }

    /// Takes `host`, `host:port`, `[v6]` or `[v6]:port` apart; nil when it is none of them, no host when it is `:port`.
    static func split(_ authority: Substring) -> (host: String?, port: Int?)? {
        var host = authority
        var port: Int?
        let end = authority.lastIndex(of: "]")
        if let colon = authority.lastIndex(of: ":"), end.map({ colon > $0 }) ?? true {
            let digits = authority[authority.index(after: colon)...]
            guard digits.utf8.allSatisfy({ $0.isASCIIDigit }), let number = Int(digits), (1...65535).contains(number)
            else { return nil }
            port = number
            host = authority[..<colon]
        }
        if host.first == "[", host.last == "]" {
            let inner = host.dropFirst().dropLast()
            guard inner.contains(":"), inner.utf8.allSatisfy({ $0.hexDigit != nil || ":.".utf8.contains($0) }) else {
                return nil
            }
            return (inner.lowercased(), port)
        }
        guard host.utf8.count <= 253, host.first != ".", host.first != "-",
            host.utf8.allSatisfy({ $0.isASCIILetter || $0.isASCIIDigit || ".-_".utf8.contains($0) })
        else { return nil }
        return (host.isEmpty ? nil : host.lowercased(), port)
    }
}
