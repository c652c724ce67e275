import Contracts
import Testing

@Suite("Redaction")
struct RedactionTests {
    @Test("members with the names of secrets are kept back in any spelling, at any depth")
    func names() {
        let value: JSONValue = [
            "Authorization": "x", "api_key": 5, "X-API-Key": ["a"], "client_secret": "s", "accessToken": "t",
            "user": [["PassWord": "p", "name": "Ann"]], "token": nil, "total_tokens": 7, "keyboard": "qwerty",
        ]
        #expect(
            Redaction().redact(value) == [
                "Authorization": "[kept back: secret]", "api_key": "[kept back: secret]",
                "X-API-Key": "[kept back: secret]", "client_secret": "[kept back: secret]",
                "accessToken": "[kept back: secret]", "user": [["PassWord": "[kept back: secret]", "name": "Ann"]],
                "token": nil, "total_tokens": 7, "keyboard": "qwerty",
            ])
    }

    @Test("credentials are kept back wherever they stand")
    func credentials() {
        #expect(
            Redaction().redact(["h": ["bearer abcdefgh12345", "Basic income is a plan"]])
                == ["h": ["[kept back: secret]", "Basic income is a plan"]])
    }

    @Test("values the schema marks as personal are kept back, also in an invalid payload")
    func personal() throws {
        let schema = try Schema.compile([
            "properties": [
                "people": [
                    "items": [
                        "required": ["id"],
                        "properties": ["email": ["$ref": "#/$defs/mail"], "address": ["x-personal": true]],
                    ]
                ]
            ],
            "$defs": ["mail": ["type": "string", "x-personal": true]],
        ])
        let value: JSONValue = [
            "people": [["email": "a@b.c", "address": ["street": "Elm"], "n": 1], ["email": 5]], "email": "kept",
        ]
        #expect(
            Redaction(schema: schema).redact(value).text == """
                {"people":[{"email":"[kept back: personal data]","address":"[kept back: personal data]","n":1},\
                {"email":"[kept back: personal data]"}],"email":"kept"}
                """)
    }

    @Test("where anything is personal, what departs from the schema may be so too, and is kept back when asked for")
    func departing() throws {
        let schema = try Schema.compile([
            "properties": [
                "mail": ["x-personal": true], "kind": ["enum": ["a"]], "at": ["type": "object"],
                "id": ["type": "string"],
                "list": ["items": ["type": "integer"]],
            ]
        ])
        let value: JSONValue = [
            "mail": "m", "post": ["x": 1], "kind": "Mara", "at": ["Elm"], "id": "kept", "list": [1, "two"],
        ]
        let held: JSONValue = "[kept back: personal data]"
        #expect(
            Redaction(schema: schema, keepsBackUnknown: true).redact(value) == [
                "mail": held, "post": held, "kind": held, "at": held, "id": "kept", "list": [1, held],
            ])
        #expect(Redaction(schema: schema).redact(value)["post"] == ["x": 1])
        let plain = try Schema.compile(["properties": ["kind": ["enum": ["a"]]]])
        #expect(Redaction(schema: plain, keepsBackUnknown: true).redact(value) == value)
    }

    @Test("what is personal is found behind any number of faults, and all is kept back where the schema cannot be run")
    func faults() throws {
        let schema = try Schema.compile([
            "properties": ["mail": ["x-personal": true], "n": ["items": ["type": "string"]], "next": ["$ref": "#"]]
        ])
        var value: JSONValue = ["n": .array([JSONValue](repeating: 1, count: 2000)), "mail": "a@b.example"]
        #expect(!Redaction(schema: schema).redact(value).text.contains("a@b.example"))
        for _ in 0..<500 { value = ["next": value] }
        #expect(!Redaction(schema: schema).redact(value).text.contains("a@b.example"))
    }

    @Test("other names can be given")
    func ownNames() {
        let redaction = Redaction(names: ["shoe-size"])
        #expect(
            redaction.redact(["Shoe_Size": 45, "cookie": "c"]) == ["Shoe_Size": "[kept back: secret]", "cookie": "c"])
        #expect(redaction.isSecret(member: "SHOESIZE"))
    }

    @Test(
        "a header is a secret wherever a member is, and under names that only headers have",
        arguments: [
            "Authorization", "proxy-authorization", "X-Api-Key", "apikey", "Ocp-Apim-Subscription-Key", "X-Auth-Key",
            "X-Amz-Security-Token", "X-Token-Id", "Set-Cookie2", "X-Hub-Signature-256", "Stripe-Signature",
            "X-Session-Id", "X-Client-Secret", "PASSWORD",
        ])
    func secretHeaders(name: String) {
        #expect(Redaction.standard.isSecret(header: name))
    }

    @Test(
        "other headers are not",
        arguments: [
            "Idempotency-Key", "idempotency_key", "X-RateLimit-Remaining-Tokens", "anthropic-ratelimit-tokens-reset",
            "Content-Type", "ETag", "X-Keyboard", "Retry-After", "", "-", "X-Request-Id",
        ])
    func harmlessHeaders(name: String) {
        #expect(!Redaction.standard.isSecret(header: name))
    }

    @Test("a member is judged more mildly than a header")
    func members() {
        for name in ["max_tokens", "sort_key", "signature", "session_count", "Idempotency-Key", "keys"] {
            #expect(!Redaction.standard.isSecret(member: name), "\(name)")
        }
        for name in ["SecretAccessKey", "refresh_token", "private_key", "openai-api-key", "PIN"] {
            #expect(Redaction.standard.isSecret(member: name), "\(name)")
        }
    }
}
