/// Gathers findings about one document, equal ones folded together.
struct DriftCollection {
    private let tape: JSONTape
    private(set) var findings: [DriftFinding] = []
    private var places: [String: Int] = [:]
    /// Members that validation has found already.
    private var forbidden: Set<String> = []

    /// Different findings about one document; the rest are left out.
    private static let limit = 1000

    init(tape: JSONTape) {
        self.tape = tape
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
    mutating func addUnknownMembers(_ evaluator: SchemaEvaluator) {
        guard evaluator.undeclared != 0 else { return }
        var pointer: [String] = []
        walk(0, &pointer, evaluator.marks)
    }

    private mutating func walk(_ place: Int, _ pointer: inout [String], _ marks: UnsafePointer<UInt8>) {
        switch tape.nodes[place].kind {
        case .array:
            pointer.append("*")
            for element in tape.elements(of: place) { walk(element, &pointer, marks) }
            pointer.removeLast()
        case .object:
            let hasNames = marks[place] & SchemaEvaluator.Mark.entered != 0
            for member in tape.members(of: place) {
                pointer.append(tape.string(member.key))
                if hasNames, marks[member.value] & SchemaEvaluator.Mark.known == 0 {
                    add(unknown: member.value, JSONPointer(tokens: pointer).description)
                }
                walk(member.value, &pointer, marks)
                pointer.removeLast()
            }
        default: return
        }
    }

    private mutating func add(unknown place: Int, _ pointer: String) {
        guard !forbidden.contains(pointer) else { return }
        let type = SchemaEvaluator.typeName(at: place, in: tape)
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
