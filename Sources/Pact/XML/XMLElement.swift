/// An element of an XML document with all that is in it; comments and instructions are left out.
struct XMLElement: Sendable {
    let name: XMLName
    /// Without the declarations of namespaces.
    let attributes: [XMLAttribute]
    var children: [XMLElement] = []
    /// The pieces of text between the child elements, each without white space at its ends, put together.
    var text = ""

    func attribute(_ name: XMLName) -> String? {
        attributes.first { $0.name == name }?.value
    }

    /// The children under their names, in the order in which a name comes first.
    var groups: [(name: XMLName, elements: [XMLElement])] {
        var places: [XMLName: Int] = [:]
        var groups: [(name: XMLName, elements: [XMLElement])] = []
        for child in children {
            if let place = places[child.name] {
                groups[place].elements.append(child)
            } else {
                places[child.name] = groups.count
                groups.append((child.name, [child]))
            }
        }
        return groups
    }
}

struct XMLAttribute: Sendable, Hashable {
    let name: XMLName
    let value: String
}
