/// Reads how connections are secured: to a provider, and from callers.
struct TLSReader {
    let session: LoadSession

    /// `tls` of a provider's environment.
    func provider(_ environment: MapReader, url: ServiceURL?) -> ProviderTLS {
        guard let map = environment.map("tls") else { return ProviderTLS() }
        let authorities = map.value("ca").flatMap(authorities)
        let certificate = session.secret("client_certificate", in: map)
        let key = session.secret("client_key", in: map)
        let serverName = map.parse("server_name", expected: "a host name such as \"api.example.com\"") {
            field -> String? in
            guard let text = field.node.text, let (host, port) = ServiceURL.split(text[...]), port == nil else {
                return nil
            }
            return host.flatMap { $0.contains(":") ? nil : $0 }
        }
        map.finish()
        if url?.scheme == .http {
            environment.error("\"tls\" has no effect on an address that is not encrypted", at: "tls", expected: "https")
        }
        for (given, missing) in [("client_certificate", "client_key"), ("client_key", "client_certificate")]
        where map.has(given) && !map.has(missing) {
            map.error("\"\(given)\" has no effect without \"\(missing)\"", at: given)
        }
        let client = certificate.flatMap { certificate in
            key.map { ProviderTLS.ClientCertificate(certificate: certificate, key: $0) }
        }
        return ProviderTLS(authorities: authorities, client: client, serverName: serverName)
    }

    /// `tls` of `listen`.
    func listen(_ listen: MapReader) -> ListenTLS? {
        guard let map = listen.map("tls") else { return nil }
        let certificate = path("certificate", map)
        let key = path("key", map)
        map.finish()
        if let key, key.hasPrefix(session.folder + "/") {
            map.error(
                "the private key lies in the footing folder, which belongs under version control", at: "key",
                expected: "a file elsewhere, such as \"/etc/footing/tls.key\"")
        }
        guard let certificate, let key else { return nil }
        return ListenTLS(certificate: certificate, key: key)
    }

    /// The text of a file below the footing folder that holds certificates.
    private func authorities(_ field: Field) -> String? {
        let expected = "the name of a PEM file below the footing folder, such as \"certificates/ca.pem\""
        guard let name = field.node.text else {
            field.wrong(expected: expected)
            return nil
        }
        guard JSONContentReader(session: session).checkInside(name, field) else { return nil }
        guard session.files.isFile("\(session.folder)/\(name)") else {
            field.error("there is no file \(Field.quoted(session.shown(name)))")
            return nil
        }
        guard let text = session.text(name) else { return nil }
        guard !text.contains("PRIVATE KEY-----") else {
            field.error(
                "the file \(Field.quoted(session.shown(name))) holds a private key", expected: "certificates alone")
            return nil
        }
        guard text.contains("-----BEGIN CERTIFICATE-----") else {
            field.error("the file \(Field.quoted(session.shown(name))) holds no certificate", expected: expected)
            return nil
        }
        return text
    }

    /// The absolute path of a file that must be there when the server starts; where the inventory is checked it may be missing.
    private func path(_ key: String, _ map: MapReader) -> String? {
        let expected = "the path of a PEM file, such as \"/etc/footing/tls.\(key == "key" ? "key" : "crt")\""
        guard let field = map.value(key, required: expected) else { return nil }
        guard let name = field.node.text, !name.isEmpty, !name.contains("\0") else {
            field.wrong(expected: expected)
            return nil
        }
        let path = InventoryFiles.absolute(name, from: session.folder)
        if !session.files.isFile(path) { field.warning("there is no file \(Field.quoted(name)) here") }
        return path
    }
}
