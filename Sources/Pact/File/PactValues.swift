/// Names with their values in the order of the file: the parameters of a query or the fields of a head.
package struct PactValues: Sendable, Hashable {
    package struct Entry: Sendable, Hashable {
        package var name: String
        package var values: [String]
    }

    package private(set) var entries: [Entry] = []

    package init() {}

    package var isEmpty: Bool { entries.isEmpty }

    /// The values of that name; nil when the name is not there.
    package func values(of name: String, ignoringCase: Bool = false) -> [String]? {
        let folded = ignoringCase ? name.lowercased() : name
        return entries.first { (ignoringCase ? $0.name.lowercased() : $0.name) == folded }?.values
    }

    /// Adds values to those the name has already.
    package mutating func add(_ name: String, _ values: [String], ignoringCase: Bool = false) {
        let folded = ignoringCase ? name.lowercased() : name
        if let place = entries.firstIndex(where: { (ignoringCase ? $0.name.lowercased() : $0.name) == folded }) {
            entries[place].values += values
        } else {
            entries.append(Entry(name: name, values: values))
        }
    }

    /// Puts another value in the place of one that is there.
    mutating func set(_ name: String, at index: Int, _ value: String) {
        guard let place = entries.firstIndex(where: { $0.name == name }),
            entries[place].values.indices.contains(index)
        else { return }
        entries[place].values[index] = value
    }
}
