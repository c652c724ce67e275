import Contracts

/// A value of a Pact file together with where it stands, so that every complaint names its place.
struct PactPlace {
    let value: JSONValue
    let pointer: JSONPointer

    init(_ value: JSONValue, at pointer: JSONPointer = JSONPointer()) {
        self.value = value
        self.pointer = pointer
    }

    func error(_ message: String) -> PactError {
        PactError(message, at: pointer.description)
    }

    /// The member, unless it is missing or null.
    func member(_ key: String) -> PactPlace? {
        guard let member = value[key], !member.isNull else { return nil }
        return PactPlace(member, at: pointer.appending(key))
    }

    func members() throws(PactError) -> [(key: String, place: PactPlace)] {
        guard let object = value.objectValue else { throw error("expected an object, not \(value.typeName)") }
        return object.entries.map { ($0.key, PactPlace($0.value, at: pointer.appending($0.key))) }
    }

    func elements() throws(PactError) -> [PactPlace] {
        guard let array = value.arrayValue else { throw error("expected an array, not \(value.typeName)") }
        return array.enumerated().map { PactPlace($0.element, at: pointer.appending(String($0.offset))) }
    }

    func text() throws(PactError) -> String {
        guard let text = value.stringValue else { throw error("expected a string, not \(value.typeName)") }
        return text
    }

    /// The member's text; nil when there is none.
    func text(_ key: String) throws(PactError) -> String? {
        guard let member = member(key) else { return nil }
        return try member.text()
    }

    /// The member's whole number, also where it is written as a string; nil when there is none.
    func count(_ key: String) throws(PactError) -> Int? {
        guard let member = member(key) else { return nil }
        guard let number = member.value.intValue ?? member.value.stringValue.flatMap({ Int($0) }), number >= 0 else {
            throw member.error("expected a whole number of at least 0")
        }
        return number
    }
}

extension JSONValue {
    /// A string as it is, anything else as JSON.
    var plainText: String {
        stringValue ?? text
    }
}
