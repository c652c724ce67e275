import Contracts

/// A schema with everything it refers to written out: parameters are described in place.
struct InlinedSchema {
    let files: DescriptionFiles
    let translation: SchemaTranslation
    /// Schemas being written out; one that meets itself says nothing.
    private var open: Set<DocumentPlace> = []
    private var left = 500

    init(files: DescriptionFiles, translation: SchemaTranslation) {
        self.files = files
        self.translation = translation
    }

    mutating func schema(_ value: JSONValue, at place: DocumentPlace) throws(ImportError) -> JSONValue {
        let (plain, here) = try written(value, at: place)
        return try translation.translate(plain, at: here, isRequest: true)
    }

    /// The schema without references.
    private mutating func written(_ value: JSONValue, at place: DocumentPlace) throws(ImportError) -> (
        JSONValue, DocumentPlace
    ) {
        left -= 1
        guard left > 0 else { return ([:], place) }
        switch value {
        case .array(let items):
            var result: [JSONValue] = []
            for (index, item) in items.enumerated() {
                result.append(try written(item, at: place.appending(String(index))).0)
            }
            return (.array(result), place)
        case .object(let object):
            if let reference = object["$ref"]?.stringValue {
                let (target, there) = try files.target(of: reference, at: place)
                guard open.insert(there).inserted else { return ([:], there) }
                defer { open.remove(there) }
                return try written(target, at: there)
            }
            var result = object
            for (name, member) in object where SchemaReading.mayHoldSchemas(name, below: place) {
                result[name] = try written(member, at: place.appending(name)).0
            }
            return (.object(result), place)
        default: return (value, place)
        }
    }
}
