import Inventory
import Testing

@Suite("What is wrong with signing and TLS is said where it is written")
struct TLSFindingsTests {
    private func environment(_ lines: String, url: String = "https://a.example", _ more: [String: String] = [:]) throws
        -> [String]
    {
        var files = more
        files["footing.yaml"] = "project: test\nsecrets: { one: {}, two: {} }\n"
        files["providers/rents.yaml"] = """
            provider: rents
            environments:
              sandbox:
                url: \(url)
                \(lines)
            operations: { search: { method: GET, path: /v1/search } }
            """
        return try findings(files)
    }

    @Test(
        "a provider's TLS",
        arguments: [
            ("tls: { client_certificate: one }", "\"client_certificate\" has no effect without \"client_key\""),
            ("tls: { client_key: one }", "\"client_key\" has no effect without \"client_certificate\""),
            ("tls: { client_certificate: three, client_key: two }", "the secret \"three\" is not declared"),
            ("tls: { ca: ../ca.pem }", "below the footing folder"), ("tls: { ca: none.pem }", "there is no file"),
            ("tls: { ca: text.pem }", "holds no certificate"), ("tls: { ca: key.pem }", "holds a private key"),
            ("tls: { server_name: \"a.example:443\" }", "a host name"),
            ("tls: { server_name: \"[::1]\" }", "a host name"), ("tls: { verify: false }", "unknown key \"verify\""),
            ("http2: sometimes", "one of auto, never, always"),
        ])
    func environment(lines: String, words: String) throws {
        let key = "-----BEGIN CERTIFICATE-----\n-----BEGIN PRIVATE KEY-----\n"
        let found = try environment(lines, ["text.pem": "text", "key.pem": key])
        #expect(found.contains { $0.contains(words) }, "\(found)")
    }

    @Test("an address that is not encrypted has no TLS, but may speak HTTP/2")
    func plain() throws {
        let tls = try environment("tls: { server_name: b.example }", url: "http://127.0.0.1:1")
        #expect(tls.contains { $0.contains("\"tls\" has no effect") })
        #expect(try environment("http2: always", url: "http://127.0.0.1:1") == [])
    }

    @Test("a value that stands where a secret's name should is not repeated")
    func pasted() throws {
        let found = try environment("tls: { client_certificate: MIIBszCCAVmgAwIBAgIUY, client_key: two }")
        #expect(!found.isEmpty && !found.joined().contains("MIIB"))
    }

    @Test("the server's own files: a missing one is a warning, a key under version control an error")
    func listen() throws {
        func listen(_ text: String, _ files: [String: String] = [:]) throws -> [String] {
            try findings(files.merging(["footing.yaml": "project: test\nlisten: \(text)\n"]) { $1 })
        }
        let missing = try listen("{ address: \"0.0.0.0:443\", tls: { certificate: /none/a.crt, key: /none/a.key } }")
        #expect(missing.count == 2 && missing.allSatisfy { $0.contains("there is no file") && $0.contains("warning") })
        let inside = try listen("{ tls: { certificate: a.crt, key: a.key } }", ["a.crt": "", "a.key": ""])
        #expect(inside.count == 1 && inside[0].contains("footing folder"))
        #expect(try listen("{ tls: { certificate: a.crt } }", ["a.crt": ""]).contains { $0.contains("lacks \"key\"") })
        #expect(try listen("{ address: nowhere }").contains { $0.contains("127.0.0.1:8787") })
        #expect(try listen("{ address: \"127.0.0.1:1\" }") == [])
    }

    @Test(
        "what a signing provider needs",
        arguments: [
            ("{ aws: { region: r, access_key: one, secret_key: two } }", "lacks \"service\""),
            ("{ aws: { service: s3, access_key: one, secret_key: two } }", "lacks \"region\""),
            ("{ aws: { service: s3, region: r, secret_key: two } }", "lacks \"access_key\""),
            ("{ aws: { service: s3, region: r, access_key: one } }", "lacks \"secret_key\""),
            ("{ aws: { service: S 3, region: r, access_key: one, secret_key: two } }", "the service's name"),
            ("{ aws: { service: s3, region: r, access_key: one, secret_key: two }, secret: one }", "does not go with"),
            ("{ aws: { service: s3, region: r, access_key: one, secret_key: three } }", "not declared"),
            ("{ aws: wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLE1 }", "cannot be used"),
        ])
    func signing(auth: String, words: String) throws {
        let found = try findings([
            "footing.yaml": "project: test\nsecrets: { one: {}, two: {} }\n",
            "providers/rents.yaml": provider("auth: \(auth)"),
        ])
        #expect(found.contains { $0.contains(words) }, "\(found)")
        #expect(!found.joined().contains("wJalr"))
    }
}
