/// Reads how a provider wants to be shown a secret; never repeats what stands where a secret's name should.
struct AuthReader {
    let session: LoadSession

    private static let expected = """
        none, { bearer: SECRET }, { basic: SECRET }, { header: NAME, secret: SECRET }, { query: NAME, secret: SECRET } \
        or { aws: { service: NAME, region: NAME, access_key: SECRET, secret_key: SECRET } }
        """
    private static let ways = ["bearer", "basic", "header", "query", "aws"]
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
        let bearer = session.secret("bearer", in: map)
        let basic = session.secret("basic", in: map)
        let header = name("header", map) { Names.isHeader($0) && !Self.reserved.contains($0.lowercased()) }
        let query = name("query", map) { !$0.isEmpty && !$0.contains { $0.isWhitespace || "&=#?".contains($0) } }
        let secret = session.secret("secret", in: map)
        let aws = aws(map)
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
            map.error("\"secret\" does not go with \"\(given[0])\", which names its secrets itself", at: "secret")
        }
        if let bearer { return .bearer(bearer) }
        if let basic { return .basic(basic) }
        if let header, let secret { return .header(name: header, secret: secret) }
        if let query, let secret { return .query(name: query, secret: secret) }
        if let aws { return .aws(aws) }
        return .none
    }

    private func aws(_ map: MapReader) -> AWSAuth? {
        guard let field = map.value("aws") else { return nil }
        guard field.node.entries != nil else {
            field.wrongUnseen(expected: "{ service: NAME, region: NAME, access_key: SECRET, secret_key: SECRET }")
            return nil
        }
        guard let aws = field.reader() else { return nil }
        let service = name("service", aws, required: "the service's name, such as \"s3\"") { Names.isName($0) }
        let region = name("region", aws, required: "the region's name, such as \"eu-central-1\"") { Names.isName($0) }
        let accessKey = session.secret("access_key", in: aws, required: true)
        let secretKey = session.secret("secret_key", in: aws, required: true)
        let sessionToken = session.secret("session_token", in: aws)
        aws.finish()
        guard let service, let region, let accessKey, let secretKey else { return nil }
        return AWSAuth(
            service: service, region: region, accessKey: accessKey, secretKey: secretKey, sessionToken: sessionToken)
    }

    private func name(
        _ key: String, _ map: MapReader, required expected: String? = nil, _ isValid: (String) -> Bool
    ) -> String? {
        guard let field = map.value(key, required: expected) else { return nil }
        guard let name = field.node.text, isValid(name) else {
            field.wrongUnseen(
                expected: expected ?? "the name of a \(key == "header" ? "header" : "query parameter")")
            return nil
        }
        return name
    }
}
