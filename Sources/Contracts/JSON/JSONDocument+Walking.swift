extension JSONDocument {
    /// The places of a member's name and value.
    struct Member {
        let key: Int
        let value: Int
    }

    /// The members of the object at a place, replaced duplicates left out.
    func members(of object: Int) -> JSONMembers {
        JSONMembers(nodes: nodes, place: object + 1, end: Int(nodes[object].end))
    }

    /// The places of the elements of the array at a place.
    func elements(of array: Int) -> JSONElements {
        JSONElements(nodes: nodes, place: array + 1, end: Int(nodes[array].end))
    }

    /// The place of the member's value; nil when the object has none of that name.
    func member(_ name: SchemaName, of object: Int) -> Int? {
        for member in members(of: object)
        where nodes[member.key].hash == name.hash && contents(at: member.key).elementsEqual(name.bytes) {
            return member.value
        }
        return nil
    }
}
