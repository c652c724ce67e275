/// Gathers findings about one document, equal ones folded together.
struct DriftCollection {
    private let document: JSONDocument
    private(set) var findings: [DriftFinding] = []
    private var places: [String: Int] = [:]
    /// Members that validation has found already.
    private var forbidden: Set<String> = []

    /// Different findings about one document; the rest are left out.
    private static let limit = 1000

    init(document: JSONDocument) {
        self.document = document
    }

    mutating func add(_ violation: Violation) {
        var pointer = violation.generalPointer
        let kind: DriftFinding.Kind
        switch violation.keyword {
        case "required", "dependentRequired", "dependencies":
            kind = violation.member == nil ? .other : .missing
            if let member = violation.member { pointer += "/" + JSONPointer.escape(member) }
        case "type": kind = .type
        case "enum", "const": kind = .enum
        case "additionalProperties", "unevaluatedProperties":
            kind = .unknownField
            forbidden.insert(pointer)
        default: kind = .other
        }
        add(
            DriftFinding(
                pointer: pointer, kind: kind, expected: violation.expected, seen: violation.seen, breaksContract: true))
    }

    /// Members of objects the schema names members for, that it does not name.
    mutating func addUnknownMembers(_ known: SchemaKnownMembers) {
        guard !known.objects.isEmpty else { return }
        var pointer: [String] = []
        walk(0, &pointer, known)
    }

    private mutating func walk(_ place: Int, _ pointer: inout [String], _ known: SchemaKnownMembers) {
        switch document.nodes[place].kind {
        case .array:
            pointer.append("*")
            for element in document.elements(of: place) { walk(element, &pointer, known) }
            pointer.removeLast()
        case .object:
            let hasNames = known.objects.contains(place)
            for member in document.members(of: place) {
                pointer.append(document.string(at: member.key))
                if hasNames, !known.values.contains(member.value) {
                    add(unknown: member.value, JSONPointer(tokens: pointer).description)
                }
                walk(member.value, &pointer, known)
                pointer.removeLast()
            }
        default: return
        }
    }

    private mutating func add(unknown place: Int, _ pointer: String) {
        guard !forbidden.contains(pointer) else { return }
        let type = SchemaEvaluator.typeName(at: place, in: document)
        add(
            DriftFinding(
                pointer: pointer, kind: .unknownField, expected: "no such member", seen: type, breaksContract: false))
    }

    private mutating func add(_ finding: DriftFinding) {
        if let place = places[finding.shape] {
            findings[place].count += 1
        } else if findings.count < DriftCollection.limit {
            places[finding.shape] = findings.count
            findings.append(finding)
        }
    }
}
