/// Takes secrets and personal data out of payloads before they are kept or shown.
///
/// A member is kept back when its name is that of a secret; when its schema says `x-personal: true`; or when its text is
/// a bearer or basic credential. What is kept back is replaced by a text that says why; null stays null.
///
/// Where a schema marks anything as personal, values that depart from it are kept back too when asked for: what was marked
/// may have come back under another name or in another form.
public struct Redaction: Sendable {
    /// With the standard names and no schema.
    public static let standard = Redaction()

    /// Keywords that speak of a whole value and not of what is in it.
    private static let unfit: Set<String> = [
        "type", "enum", "const", "format", "pattern", "additionalProperties", "unevaluatedProperties",
    ]

    private let names: SecretNames
    private let schema: Schema?
    private let keepsBackUnknown: Bool

    /// - Parameters:
    ///   - names: in place of the standard ones.
    ///   - keepsBackUnknown: values that the schema does not name, or not with that type, are personal where anything is.
    public init(names: Set<String>? = nil, schema: Schema? = nil, keepsBackUnknown: Bool = false) {
        self.names = names.map { SecretNames($0) } ?? .standard
        self.schema = schema
        self.keepsBackUnknown = keepsBackUnknown
    }

    /// Whether the schema says of anything that it is personal.
    public var marksPersonal: Bool { schema?.marksPersonal ?? false }

    public func redact(_ value: JSONValue) -> JSONValue {
        let personal = schema.map { personalPlaces($0, value) } ?? []
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
                // Names that are data may be as personal as what they name.
                let name = keepsBackUnknown && marksPersonal && SampleNames.isData(key) ? "*" : key
                copies[name] = isSecret(member: key) && !member.isNull ? Redaction.marker("secret") : copied
            }
            result = .object(copies)
        case .string(let text) where Redaction.isCredential(text):
            result = Redaction.marker("secret")
        default: break
        }
        return isPersonal && !value.isNull ? Redaction.marker("personal data") : result
    }

    /// By the order of the tape; the root stands for everything where the schema could not be run to its end.
    private func personalPlaces(_ schema: Schema, _ value: JSONValue) -> Set<Int> {
        guard schema.marksPersonal else { return [] }
        return schema.evaluate(JSONDocument(value)) { evaluator in
            evaluator.isCollecting = true
            // Every alternative is looked at then.
            evaluator.isNoting = true
            evaluator.personal = []
            _ = evaluator.run()
            var places = evaluator.personal ?? []
            guard keepsBackUnknown else { return places }
            guard evaluator.violations.count + 1 < SchemaEvaluator.violationLimit else { return [0] }
            places.formUnion(evaluator.unnamedMembers())
            for violation in evaluator.violations where Redaction.unfit.contains(violation.keyword) {
                let pointer = JSONPointer(violation.instancePointer)
                places.insert(pointer.flatMap { evaluator.tape.place(of: $0) } ?? 0)
            }
            return places
        }
    }

    private static func isCredential(_ text: String) -> Bool {
        let start = text.prefix(7).lowercased()
        guard start.hasPrefix("bearer ") || start.hasPrefix("basic ") else { return false }
        return text.utf8.count > 14 && !text.dropFirst(7).contains(" ")
    }
}
