/// Changes a contract as little as it takes to let observed payloads through.
///
/// The text keeps its order and form. What cannot be changed without knowing more is left to a person.
public struct ContractAmendment {
    public enum Outcome: Sendable, Hashable {
        /// The contract was changed; says how.
        case changed(String)
        /// The contract allows it already.
        case settled
        /// Says why a person must decide.
        case leftToPerson(String)
    }

    /// Texts of more bytes are not compared.
    private static let mostCompared = 256 << 10

    private var editor: JSONTextEditor
    private let original: String

    /// The text of the contract. Throws where it is no JSON.
    public init(_ text: String) throws(JSONError) {
        editor = try JSONTextEditor(text)
        original = text
    }

    public var text: String { editor.text }

    /// Whether the contract lets anything through now that it did not; false only where that is certain.
    public var loosens: Bool {
        guard text != original else { return false }
        guard text.utf8.count <= Self.mostCompared, let before = try? JSONValue.parse(original),
            let old = try? Schema.compile(before), let new = try? Schema.compile(editor.value)
        else { return true }
        return SchemaComparison(old: old, new: new).changes(for: .answer).contains { $0.severity > .safe }
    }

    public mutating func apply(_ drift: ObservedDrift) -> Outcome {
        switch drift.kind {
        case .status:
            return .leftToPerson(
                "describe the status \(drift.seen) under responses, or let drift of kind status be ignored")
        case .endpoint:
            return .leftToPerson("add an operation for \(drift.seen), or change the app")
        case .unknownField: return name(drift)
        default: break
        }
        guard !drift.schemaPointer.isEmpty else {
            return .leftToPerson("no part of the contract speaks of \(drift.seen)")
        }
        guard let (place, keyword) = Self.place(drift.schemaPointer) else {
            return .leftToPerson(
                drift.schemaPointer.hasPrefix("responses/")
                    ? "it breaks the contract of \(drift.schemaPointer.prefix { $0 != "#" }); edit that one"
                    : "the keyword that is broken stands in another document")
        }
        let root = editor.value
        guard let schema = root.value(at: place), let current = schema[keyword] else { return .settled }
        switch (drift.kind, keyword) {
        case (.missing, "required"): return makeOptional(drift, place, current)
        case (.type, "type"): return widen(drift, place, current)
        case (.enum, "enum"), (.enum, "const"): return addValue(drift, place, keyword, current)
        case (.format, "format"):
            editor.remove("format", of: place)
            return .changed("let \(Self.shown(drift.pointer)) be any text, not only \(drift.expected)")
        default: return widenLimit(drift, place, keyword, current)
        }
    }

    /// `#/a/b/required` is the keyword `required` of the schema at `/a/b`.
    private static func place(_ schemaPointer: String) -> (JSONPointer, String)? {
        guard schemaPointer.hasPrefix("#"), var pointer = JSONPointer(String(schemaPointer.dropFirst())),
            let keyword = pointer.tokens.popLast()
        else { return nil }
        return (pointer, keyword)
    }

    private static func shown(_ pointer: String) -> String {
        pointer.isEmpty ? "the payload" : pointer
    }

    private mutating func makeOptional(_ drift: ObservedDrift, _ place: JSONPointer, _ current: JSONValue) -> Outcome {
        guard let name = JSONPointer(drift.pointer)?.tokens.last, let names = current.arrayValue,
            names.contains(.string(name))
        else { return .settled }
        let left = names.filter { $0 != .string(name) }
        if left.isEmpty {
            editor.remove("required", of: place)
        } else {
            editor.replace(place.appending("required"), with: .array(left))
        }
        return .changed("let \(drift.pointer) be missing")
    }

    private mutating func widen(_ drift: ObservedDrift, _ place: JSONPointer, _ current: JSONValue) -> Outcome {
        guard let type = drift.observed?["type"] else { return .leftToPerson("the type that was seen is not known") }
        let wider = ObservedSchema.widened(current, type)
        guard wider != ObservedSchema.widened(current, nil) else { return .settled }
        editor.replace(place.appending("type"), with: wider)
        return .changed("let \(Self.shown(drift.pointer)) be \(drift.seen) too")
    }

    private mutating func addValue(
        _ drift: ObservedDrift, _ place: JSONPointer, _ keyword: String, _ current: JSONValue
    ) -> Outcome {
        guard let value = drift.observed?["const"] else {
            return .leftToPerson("the value is free text, which is not kept")
        }
        let values = keyword == "const" ? [current] : current.arrayValue ?? []
        guard !values.contains(value) else { return .settled }
        if keyword == "const" {
            editor.set("enum", of: place, to: .array(values + [value]))
            editor.remove("const", of: place)
        } else {
            editor.replace(place.appending("enum"), with: .array(values + [value]))
        }
        return .changed("let \(Self.shown(drift.pointer)) be \(value.text) too")
    }

    private mutating func widenLimit(
        _ drift: ObservedDrift, _ place: JSONPointer, _ keyword: String, _ current: JSONValue
    ) -> Outcome {
        let inclusive = ["exclusiveMinimum": "minimum", "exclusiveMaximum": "maximum"][keyword] ?? keyword
        let isLower = inclusive.hasPrefix("min")
        guard let seen = drift.observed?[isLower ? "minimum" : "maximum"]?.numberValue, let limit = current.numberValue,
            isLower || inclusive.hasPrefix("max")
        else {
            return .leftToPerson("\(keyword) is broken: expected \(drift.expected), seen \(drift.seen)")
        }
        let (value, bound) = (JSONDecimal(seen.text), JSONDecimal(limit.text))
        guard
            isLower
                ? value < bound || inclusive != keyword && value == bound
                : bound < value || inclusive != keyword && value == bound
        else { return .settled }
        if inclusive != keyword { editor.remove(keyword, of: place) }
        editor.set(inclusive, of: place, to: .number(seen))
        return .changed("let \(Self.shown(drift.pointer)) go to \(seen.text)")
    }

    /// Adds the member to the schema that describes the object it was seen in.
    private mutating func name(_ drift: ObservedDrift) -> Outcome {
        guard var pointer = JSONPointer(drift.pointer), let name = pointer.tokens.popLast(),
            let observed = drift.observed
        else { return .leftToPerson("it is not known where the member was seen") }
        guard name != "*" else {
            return .leftToPerson("its names look like data: describe them by additionalProperties or patternProperties")
        }
        // Nobody knows what takes the place of what was only ever null.
        let schema: JSONValue = observed == ["type": "null"] ? [:] : observed
        let finder = SchemaPlaces(root: editor.value)
        let places = finder.objects(at: pointer.tokens)
        if places.contains(where: { finder.names(name, at: $0) }) { return .settled }
        guard places.count == 1, let place = places.first else {
            return .leftToPerson(
                places.isEmpty
                    ? "no part of the contract describes the object"
                    : "several parts of the contract describe the object")
        }
        if editor.value.value(at: place)?["properties"] == nil {
            editor.set("properties", of: place, to: [name: schema])
        } else {
            editor.set(name, of: place.appending("properties"), to: schema)
        }
        return .changed("describe the member \(drift.pointer)")
    }
}
