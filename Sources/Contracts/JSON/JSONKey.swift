/// A member name as a dictionary key: compared and hashed by its bytes.
struct JSONKey: Sendable, Hashable {
    let name: String

    static func == (left: JSONKey, right: JSONKey) -> Bool {
        left.name.hasSameBytes(as: right.name)
    }

    func hash(into hasher: inout Hasher) {
        name.hashBytes(into: &hasher)
    }
}
