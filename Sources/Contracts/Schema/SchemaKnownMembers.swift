/// The objects for which a schema names members, and the members it knows, by places on the tape.
struct SchemaKnownMembers {
    private(set) var objects: Set<Int> = []
    private(set) var values: Set<Int> = []

    mutating func enter(_ object: Int) {
        objects.insert(object)
    }

    mutating func add(_ value: Int) {
        values.insert(value)
    }
}
