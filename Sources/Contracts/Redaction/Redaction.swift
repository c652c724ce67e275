/// Takes secrets and personal data out of payloads before they are kept or shown.
///
/// A member is kept back when its name is one of `names`, or ends in one of `endings`, in any case and with or without
/// `-` and `_`; when its schema says `x-personal: true`; or when its text is a bearer or basic credential. What is kept
/// back is replaced by a text that says why; null stays null.
public struct Redaction: Sendable {
    public static let names: Set<String> = [
        "authorization", "proxy-authorization", "www-authenticate", "cookie", "set-cookie", "password", "passwd", "pwd",
        "passphrase", "secret", "token", "api-key", "x-api-key", "apikey", "access-key", "private-key", "signing-key",
        "credential", "credentials", "session", "session-id", "sid", "jwt", "otp", "pin", "cvv", "cvc", "card-number",
        "iban", "ssn",
    ]

    /// Ends of names such as `client_secret` and `accessToken`.
    public static let endings: [String] = ["password", "secret", "token", "apikey", "privatekey"]

    private let names: Set<String>
    private let schema: Schema?

    public init(names: Set<String> = Redaction.names, schema: Schema? = nil) {
        self.names = Set(names.map(Redaction.plain))
        self.schema = schema
    }

    public func redact(_ value: JSONValue) -> JSONValue {
        let personal = schema.map { Redaction.personalPlaces($0, value) } ?? []
        var place = 0
        return copy(value, at: &place, personal)
    }

    /// Whether a member, header or query item of that name is a secret.
    public func isSecret(name: String) -> Bool {
        let name = Redaction.plain(name)
        return names.contains(name) || Redaction.endings.contains { name.hasSuffix($0) }
    }

    /// The text that stands in for a value.
    public static func marker(_ reason: String) -> JSONValue {
        .string("[kept back: \(reason)]")
    }

    /// `place` counts along the order of the tape: containers, names and values one each.
    private func copy(_ value: JSONValue, at place: inout Int, _ personal: Set<Int>) -> JSONValue {
        let isPersonal = personal.contains(place)
        place += 1
        var result = value
        switch value {
        case .array(let elements):
            var copies: [JSONValue] = []
            copies.reserveCapacity(elements.count)
            for element in elements { copies.append(copy(element, at: &place, personal)) }
            result = .array(copies)
        case .object(let object):
            var copies = JSONObject()
            for (key, member) in object {
                place += 1
                let copied = copy(member, at: &place, personal)
                copies[key] = isSecret(name: key) && !member.isNull ? Redaction.marker("secret") : copied
            }
            result = .object(copies)
        case .string(let text) where Redaction.isCredential(text):
            result = Redaction.marker("secret")
        default: break
        }
        return isPersonal && !value.isNull ? Redaction.marker("personal data") : result
    }

    private static func personalPlaces(_ schema: Schema, _ value: JSONValue) -> Set<Int> {
        var evaluator = SchemaEvaluator(program: schema.program, document: JSONDocument(value), isCollecting: true)
        evaluator.personal = []
        _ = evaluator.run()
        return evaluator.personal ?? []
    }

    private static func isCredential(_ text: String) -> Bool {
        let start = text.prefix(7).lowercased()
        guard start.hasPrefix("bearer ") || start.hasPrefix("basic ") else { return false }
        return text.utf8.count > 14 && !text.dropFirst(7).contains(" ")
    }

    private static func plain(_ name: String) -> String {
        String(name.lowercased().filter { $0 != "-" && $0 != "_" })
    }
}
