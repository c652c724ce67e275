/// Takes secrets and personal data out of payloads before they are kept or shown.
///
/// A member is kept back when its name is that of a secret; when its schema says `x-personal: true`; or when its text is
/// a bearer or basic credential. What is kept back is replaced by a text that says why; null stays null.
public struct Redaction: Sendable {
    /// With the standard names and no schema.
    public static let standard = Redaction()

    private let names: SecretNames
    private let schema: Schema?

    /// - Parameter names: in place of the standard ones.
    public init(names: Set<String>? = nil, schema: Schema? = nil) {
        self.names = names.map { SecretNames($0) } ?? .standard
        self.schema = schema
    }

    public func redact(_ value: JSONValue) -> JSONValue {
        let personal = schema.map { Redaction.personalPlaces($0, value) } ?? []
        var place = 0
        return copy(value, at: &place, personal)
    }

    /// Whether a member, query item or form field of that name is a secret.
    public func isSecret(member name: String) -> Bool {
        names.haveMember(name)
    }

    /// Whether a header or trailer field of that name is a secret.
    public func isSecret(header name: String) -> Bool {
        names.haveHeader(name)
    }

    /// The text that stands in for a value.
    public static func marker(_ reason: String) -> JSONValue {
        .string("[kept back: \(reason)]")
    }

    /// Whether a text stands in for a value.
    public static func isMarker(_ text: String) -> Bool {
        text.hasPrefix("[kept back: ") && text.hasSuffix("]")
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
                copies[key] = isSecret(member: key) && !member.isNull ? Redaction.marker("secret") : copied
            }
            result = .object(copies)
        case .string(let text) where Redaction.isCredential(text):
            result = Redaction.marker("secret")
        default: break
        }
        return isPersonal && !value.isNull ? Redaction.marker("personal data") : result
    }

    private static func personalPlaces(_ schema: Schema, _ value: JSONValue) -> Set<Int> {
        schema.evaluate(JSONDocument(value)) { evaluator in
            evaluator.isCollecting = true
            evaluator.personal = []
            _ = evaluator.run()
            return evaluator.personal ?? []
        }
    }

    private static func isCredential(_ text: String) -> Bool {
        let start = text.prefix(7).lowercased()
        guard start.hasPrefix("bearer ") || start.hasPrefix("basic ") else { return false }
        return text.utf8.count > 14 && !text.dropFirst(7).contains(" ")
    }
}
