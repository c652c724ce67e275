import Contracts

/// Writes schema objects of OpenAPI 3.0 and 3.1 as JSON Schema draft 2020-12, the language of contracts.
///
/// What 3.0 says in its own way is said in the draft's: `nullable`, `exclusiveMinimum: true`, a `$ref` that stands alone.
/// `readOnly` members are not required of requests, `writeOnly` ones not of answers. Where a `discriminator` chooses between
/// schemas it chooses in the contract too. Examples, `xml` and extensions are left out; `x-personal` stays. What is no valid
/// keyword is left out with a note, since it would stop the whole contract.
final class SchemaTranslation {
    let files: DescriptionFiles
    let reading: SchemaReading
    let shelf: SchemaShelf
    /// Where references to shared schemas lead, seen from the file that is being written: empty, or `schemas/`.
    var folder = ""
    /// The operation that notes are about.
    var subject = ""
    private(set) var notes: [ImportNote] = []

    init(files: DescriptionFiles, reading: SchemaReading, shelf: SchemaShelf) {
        self.files = files
        self.reading = reading
        self.shelf = shelf
    }

    func translate(_ value: JSONValue, at place: DocumentPlace, isRequest: Bool) throws(ImportError) -> JSONValue {
        switch value {
        case .bool: return value
        case .object(let schema): return try translate(schema, at: place, isRequest: isRequest)
        default:
            throw files.error(
                "a schema is an object here, not \(value.typeName)", at: place, advice: "write a schema object")
        }
    }

    func note(_ message: String, at place: DocumentPlace) {
        notes.append(ImportNote(.gap, subject, message, at: place.pointer))
    }

    private func translate(
        _ schema: JSONObject, at place: DocumentPlace, isRequest: Bool
    ) throws(ImportError) -> JSONValue {
        var result = JSONObject()
        if let reference = schema["$ref"]?.stringValue {
            let name = try shelf.name(of: reference, at: place, isRequest: isRequest)
            result["$ref"] = .string(folder + name)
            if reading.isOld || schema.count == 1 { return .object(result) }
        }
        if reading.isExpandable(schema) {
            note("objects that come only with \"expand\" are not checked inside", at: place)
        }
        for (keyword, value) in schema where keyword != "$ref" {
            let here = place.appending(keyword)
            if let holder = SchemaKeyword.holders[keyword] {
                result[keyword] = try parts(value, holder, keyword, schema, at: here, isRequest: isRequest)
            } else if let form = SchemaKeyword.forms[keyword] {
                if form.fits(value) {
                    result[keyword] = SchemaKeyword.trimmed(keyword, value)
                } else if !SchemaKeyword.saysNothing(keyword, value, isOld: reading.isOld) {
                    note("\"\(keyword)\" has a value it cannot have, and is left out", at: here)
                }
            } else if SchemaKeyword.lost.contains(keyword) {
                note("\"\(keyword)\" is not carried over", at: here)
            }
        }
        narrowRequired(&result, schema, isRequest: isRequest)
        try chooseByDiscriminator(&result, schema, at: place, isRequest: isRequest)
        if reading.isOld { OldSchema.mend(&result, schema) }
        SchemaKeyword.boundIntegers(&result)
        return .object(SchemaKeyword.ordered(result))
    }

    /// The subschemas of one keyword.
    private func parts(
        _ value: JSONValue, _ holder: SchemaKeyword.Holder, _ keyword: String, _ schema: JSONObject,
        at place: DocumentPlace, isRequest: Bool
    ) throws(ImportError) -> JSONValue? {
        switch (holder, value) {
        case (.list, .array(let items)):
            if keyword == "anyOf", reading.isExpandable(schema) {
                return .array(try shallow(items, at: place, isRequest: isRequest))
            }
            var parts: [JSONValue] = []
            for (index, item) in items.enumerated() {
                parts.append(try translate(item, at: place.appending(String(index)), isRequest: isRequest))
            }
            return parts.isEmpty ? nil : .array(parts)
        case (.map, .object(let members)):
            var parts = JSONObject()
            for (name, member) in members {
                parts[name] = try translate(member, at: place.appending(name), isRequest: isRequest)
            }
            return .object(parts)
        case (.one, .object), (.one, .bool):
            return try translate(value, at: place, isRequest: isRequest)
        default:
            throw files.error(
                "\"\(keyword)\" cannot be \(value.typeName)", at: place, advice: "write schema objects there")
        }
    }

    /// The choices of a member that holds an id, or the object itself when the caller asked for it.
    private func shallow(
        _ items: [JSONValue], at place: DocumentPlace, isRequest: Bool
    ) throws(ImportError) -> [JSONValue] {
        var parts: [JSONValue] = []
        for (index, item) in items.enumerated() {
            let isObject = item["$ref"] != nil || item["type"] == "object"
            let part: JSONValue =
                isObject
                ? ["type": "object"]
                : try translate(item, at: place.appending(String(index)), isRequest: isRequest)
            if !parts.contains(part) { parts.append(part) }
        }
        return parts
    }

    private func narrowRequired(_ result: inout JSONObject, _ schema: JSONObject, isRequest: Bool) {
        guard let required = result["required"]?.arrayValue else { return }
        let mark = isRequest ? "readOnly" : "writeOnly"
        let names = required.filter { name in
            name.stringValue.flatMap { schema["properties"]?[$0]?[mark] } != true
        }
        result["required"] = names.isEmpty ? nil : .array(names)
    }

    /// `oneOf` of OpenAPI often overlaps; where a member says which schema is meant, that one alone must hold.
    private func chooseByDiscriminator(
        _ result: inout JSONObject, _ schema: JSONObject, at place: DocumentPlace, isRequest: Bool
    ) throws(ImportError) {
        guard let member = schema["discriminator"]?["propertyName"]?.stringValue else { return }
        let keyword = schema.contains("oneOf") ? "oneOf" : "anyOf"
        guard let choices = schema[keyword]?.arrayValue, let translated = result[keyword]?.arrayValue,
            choices.count == translated.count, choices.allSatisfy({ $0["$ref"]?.stringValue != nil })
        else { return }
        let mapping = schema["discriminator"]?["mapping"]?.objectValue ?? [:]
        var marked: [JSONValue] = []
        for (choice, var part) in zip(choices, translated) {
            let reference = choice["$ref"]?.stringValue ?? ""
            let last = reference.split(separator: "/").last.map { String($0) } ?? reference
            var values = mapping.filter { $0.value.stringValue == reference || $0.value.stringValue == last }.map(\.key)
            if values.isEmpty { values = [last] }
            part["properties"] = [member: ["enum": JSONValue(values.sorted())]]
            part["required"] = [.string(member)]
            marked.append(part)
        }
        result[keyword] = nil
        let isAlone = result["anyOf"] == nil
        result[isAlone ? "anyOf" : "allOf"] = isAlone ? .array(marked) : [["anyOf": .array(marked)]]
    }
}
