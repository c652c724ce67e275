import Contracts

/// Which schemas differ between requests and answers: those with required members marked `readOnly` or `writeOnly`, and
/// those that refer to one.
final class DirectedSchemas {
    private let files: DescriptionFiles
    private let reading: SchemaReading
    private var users: [DocumentPlace: [DocumentPlace]] = [:]
    private var known: Set<DocumentPlace> = []
    private var different: Set<DocumentPlace> = []

    init(files: DescriptionFiles, reading: SchemaReading) {
        self.files = files
        self.reading = reading
    }

    func areDifferent(_ place: DocumentPlace, _ value: JSONValue) throws(ImportError) -> Bool {
        var waiting = [(place, value)]
        var found: [DocumentPlace] = []
        while let (place, value) = waiting.popLast() {
            guard known.insert(place).inserted else { continue }
            var parts = [(place, value)]
            while let (here, part) = parts.popLast() {
                switch part {
                case .array(let items):
                    for (index, item) in items.enumerated() { parts.append((here.appending(String(index)), item)) }
                case .object(let object):
                    if SchemaReading.hasDirectedMembers(object) { found.append(place) }
                    if reading.isExpandable(object) { continue }
                    if let reference = object["$ref"]?.stringValue {
                        let (value, target) = try files.target(of: reference, at: here)
                        users[target, default: []].append(place)
                        if different.contains(target) { found.append(place) }
                        waiting.append((target, value))
                    }
                    for (name, member) in object where SchemaReading.mayHoldSchemas(name, below: here) {
                        parts.append((here.appending(name), member))
                    }
                default: break
                }
            }
        }
        while let place = found.popLast() {
            guard different.insert(place).inserted else { continue }
            found += users[place] ?? []
        }
        return different.contains(place)
    }
}
