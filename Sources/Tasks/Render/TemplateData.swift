import Contracts
import Mustache

/// Data in the forms a template understands: sections over lists and objects, numbers as their text.
struct TemplateData: MustacheParent {
    private let members: JSONObject
    private let escaped: Bool

    func child(named name: String) -> Any? {
        members[name].map { Self.value($0, escaped: escaped) }
    }

    /// `escaped` for HTML and its kin; false for plain text.
    static func value(_ value: JSONValue, escaped: Bool) -> Any {
        switch value {
        case .null: TemplateNull()
        case .bool(let bool): bool
        case .number(let number): TemplateText(number.text, escaped: false)
        case .string(let text): TemplateText(text, escaped: escaped)
        case .array(let elements): elements.map { Self.value($0, escaped: escaped) }
        case .object(let object): TemplateData(members: object, escaped: escaped)
        }
    }
}

extension TemplateData: MustacheCustomRenderable {
    /// An object put in as a whole shows as JSON.
    var renderText: String { TemplateText(JSONValue.object(members).text, escaped: escaped).renderText }
    var isNull: Bool { false }
}
