/// Reads how a provider wants to be shown a secret; never repeats what stands where a secret's name should.
struct AuthReader {
    let session: LoadSession

    private static let expected = """
        none, { bearer: SECRET }, { basic: SECRET }, { header: NAME, secret: SECRET } or { query: NAME, secret: SECRET }
        """
    private static let ways = ["bearer", "basic", "header", "query"]
    /// Headers that belong to the connection or are set by Footing itself.
    private static let reserved: Set<String> = [
        "host", "connection", "content-length", "transfer-encoding", "upgrade", "te", "trailer", "expect",
    ]

    func read(_ reader: MapReader) -> Auth {
        guard let field = reader.value("auth") else { return .none }
        if field.node.text == "none" { return .none }
        guard field.node.entries != nil else {
            field.wrongUnseen(expected: Self.expected)
            return .none
        }
        guard let map = field.reader(title: "auth of \(reader.title)") else { return .none }
        let bearer = secret("bearer", map)
        let basic = secret("basic", map)
        let header = name("header", map) { Names.isHeader($0) && !Self.reserved.contains($0.lowercased()) }
        let query = name("query", map) { !$0.isEmpty && !$0.contains { $0.isWhitespace || "&=#?".contains($0) } }
        let secret = secret("secret", map)
        map.finish()

        let given = Self.ways.filter { map.has($0) }
        guard given.count == 1 else {
            map.error(
                given.isEmpty
                    ? "auth does not say where the secret goes"
                    : "auth has both \"\(given[0])\" and \"\(given[1])\"", expected: Self.expected)
            return .none
        }
        let needsSecret = given[0] == "header" || given[0] == "query"
        if needsSecret, !map.has("secret") {
            map.error("auth with \"\(given[0])\" lacks \"secret\"", expected: "the name of a secret")
        }
        if !needsSecret, map.has("secret") {
            map.error("\"secret\" does not go with \"\(given[0])\", which names the secret itself", at: "secret")
        }
        if let bearer { return .bearer(bearer) }
        if let basic { return .basic(basic) }
        if let header, let secret { return .header(name: header, secret: secret) }
        if let query, let secret { return .query(name: query, secret: secret) }
        return .none
    }

    private func secret(_ key: String, _ map: MapReader) -> SecretName? {
        guard let field = map.value(key) else { return nil }
        guard let name = field.node.text, Names.isName(name) else {
            field.wrongUnseen(expected: "the name of a secret (\(Names.expected)), never its value")
            return nil
        }
        session.secretUses.append(NameUse(name: name, field: field))
        return SecretName(name)
    }

    private func name(_ key: String, _ map: MapReader, _ isValid: (String) -> Bool) -> String? {
        guard let field = map.value(key) else { return nil }
        guard let name = field.node.text, isValid(name) else {
            field.wrongUnseen(expected: "the name of a \(key == "header" ? "header" : "query parameter")")
            return nil
        }
        return name
    }
}
