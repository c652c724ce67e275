/// A place in an OpenAPI document, references followed.
struct OpenAPIPart {
    let json: JSONValue
    let pointer: JSONPointer
    private let document: JSONValue

    private static let mostHops = 32

    init(document: JSONValue) {
        self.init(document, JSONPointer(), document)
    }

    private init(_ json: JSONValue, _ pointer: JSONPointer, _ document: JSONValue) {
        var (json, pointer) = (json, pointer)
        for _ in 0..<OpenAPIPart.mostHops {
            guard case .string(let reference)? = json["$ref"], let target = OpenAPIPart.target(reference),
                let value = document.value(at: target)
            else { break }
            (json, pointer) = (value, target)
        }
        self.json = json
        self.pointer = pointer
        self.document = document
    }

    private static func target(_ reference: String) -> JSONPointer? {
        guard reference.hasPrefix("#") else { return nil }
        return SchemaURI(reference).decodedFragment.flatMap { JSONPointer($0) }
    }

    /// Says something that is not in the document.
    var isElsewhere: Bool { json["$ref"]?.stringValue != nil }

    subscript(key: String) -> OpenAPIPart? {
        json[key].map { OpenAPIPart($0, pointer.appending(key), document) }
    }

    /// The members, references followed.
    var members: [(name: String, part: OpenAPIPart)] {
        (json.objectValue?.entries ?? []).map { ($0.key, OpenAPIPart($0.value, pointer.appending($0.key), document)) }
    }

    /// The elements, references followed.
    var elements: [OpenAPIPart] {
        (json.arrayValue ?? []).enumerated().map {
            OpenAPIPart($0.element, pointer.appending(String($0.offset)), document)
        }
    }

    /// The same place as it is written, references not followed: schemas follow theirs themselves.
    func written(_ key: String) -> JSONPointer? {
        json[key].map { _ in pointer.appending(key) }
    }
}
