/// Walks through a schema as the evaluator does, stops nowhere, and keeps what every keyword said.
///
/// Whether a value passes an assertion is the evaluator's to say; only the keywords that apply other schemas are
/// followed here.
struct SchemaReporter {
    /// What a keyword or schema has looked at, for `unevaluated...`; places on the tape.
    typealias Looked = Set<Int>

    /// Schemas inside each other; deeper is not explained any more.
    private static let deepest = 200
    private static let largest = 30_000
    private static let base = "json-schema:///"

    var evaluator: SchemaEvaluator
    private var depth = 0
    private var budget: Int
    private var keywordPath: [String] = []
    private var instancePath: [String] = []
    /// References being followed, to notice one that leads back to itself without reading anything.
    private var followed: [(node: Int, place: Int)] = []

    init(evaluator: SchemaEvaluator) {
        self.evaluator = evaluator
        budget = SchemaReporter.largest
    }

    var program: SchemaProgram { evaluator.program }
    var tape: JSONTape { evaluator.tape }

    /// The whole outcome; the verdict is the evaluator's even where the way to it is too long to be told.
    mutating func run() -> OutputUnit {
        var looked = Looked()
        var unit = schema(0, 0, &looked)
        let isValid = evaluator.run()
        if unit.isValid != isValid {
            unit.isValid = isValid
            unit.parts = []
            unit.error = isValid ? nil : "the outcome is too large to be told"
        }
        return unit
    }

    /// A schema on a value.
    mutating func schema(_ number: Int, _ place: Int, _ looked: inout Looked) -> OutputUnit {
        let node = program.nodes[number]
        var unit = OutputUnit(
            keywordLocation: JSONPointer(tokens: keywordPath).description, absoluteLocation: absolute(node),
            instanceLocation: JSONPointer(tokens: instancePath).description)
        depth += 1
        budget -= 1
        defer { depth -= 1 }
        guard depth <= SchemaReporter.deepest, budget > 0 else {
            unit.isValid = false
            unit.error = "too deep or too large to be told"
            return unit
        }
        let entry = evaluator.entries[number]
        let isEntering =
            entry.flags.contains(.entersResource) && evaluator.workspace.scope.last != entry.resource
        if isEntering { evaluator.workspace.scope.append(entry.resource) }
        defer { if isEntering { evaluator.workspace.scope.removeLast() } }
        var own = Looked()
        for index in node.steps {
            if case .never = program.steps[index].instruction {
                unit.isValid = false
                unit.error = "nothing is allowed here"
                continue
            }
            for part in keyword(index, number, place, &own) {
                if !part.isValid { unit.isValid = false }
                unit.parts.append(part)
            }
        }
        if unit.isValid {
            for annotation in node.annotations where isAbout(annotation, place) {
                var part = self.unit(annotation.keyword, number)
                part.annotation = annotation.value
                unit.parts.append(part)
            }
            looked.formUnion(own)
        } else {
            unit.dropAnnotations()
        }
        return unit
    }

    /// What is said of texts is said of no other value.
    private func isAbout(_ annotation: SchemaAnnotation, _ place: Int) -> Bool {
        !annotation.keyword.hasPrefix("content") || tape.nodes[place].kind == .string
    }

    /// The unit of a keyword of a schema for the present value or its member, before anything is known of it.
    func unit(_ keyword: String, _ number: Int, of member: String? = nil) -> OutputUnit {
        OutputUnit(
            keywordLocation: JSONPointer(tokens: keywordPath + [keyword]).description,
            absoluteLocation: absolute(program.nodes[number], keyword),
            instanceLocation: JSONPointer(tokens: instancePath + (member.map { [$0] } ?? [])).description)
    }

    /// What a reference leads to.
    mutating func follow(_ keyword: String, _ node: Int, _ number: Int, _ place: Int, _ looked: inout Looked)
        -> OutputUnit
    {
        if followed.contains(where: { $0.node == node && $0.place == place }) {
            var unit = unit(keyword, number)
            unit.isValid = false
            unit.error = "the schema refers to itself without end"
            return unit
        }
        followed.append((node, place))
        defer { followed.removeLast() }
        return apply([keyword], node, place, &looked)
    }

    /// A schema that a keyword applies to the value itself.
    mutating func apply(_ tokens: [String], _ number: Int, _ place: Int, _ looked: inout Looked) -> OutputUnit {
        keywordPath += tokens
        defer { keywordPath.removeLast(tokens.count) }
        return schema(number, place, &looked)
    }

    /// A schema that a keyword applies to a member or element; what lies inside of it is not this value's.
    mutating func apply(_ tokens: [String], _ number: Int, inside place: Int, _ name: String) -> OutputUnit {
        instancePath.append(name)
        defer { instancePath.removeLast() }
        var looked = Looked()
        return apply(tokens, number, place, &looked)
    }

    /// Where the schema stands, or a keyword of it, seen from the resource it belongs to.
    private func absolute(_ node: SchemaNode, _ keyword: String? = nil) -> String {
        let resource = program.resources[node.resource]
        var location = node.location.utf8[...]
        if location.starts(with: resource.root.utf8) {
            location = location.dropFirst(resource.root.utf8.count)
        } else if let mark = location.firstIndex(of: UInt8(ascii: "#")) {
            location = location[location.index(after: mark)...]
        }
        var pointer = String(Substring(location))
        if let keyword { pointer += "/" + JSONPointer.escape(keyword) }
        return (resource.uri.isEmpty ? SchemaReporter.base : resource.uri) + "#" + SchemaURI.encodedFragment(pointer)
    }
}
