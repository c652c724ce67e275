/// Gathers findings about one document, equal ones folded together.
///
/// A finding tells nothing that a payload should not leave behind: below a member that is a secret or is marked as
/// personal only types are told, and names that look like data are written as `*`.
struct DriftCollection {
    private let tape: JSONTape
    private(set) var findings: [DriftFinding] = []
    private var places: [String: Int] = [:]
    /// Members that validation has found already.
    private var forbidden: Set<String> = []
    /// Pointers to values that are marked as personal.
    private let personal: Set<String>

    /// Different findings about one document; the rest are left out.
    static let limit = 200
    /// Digits of a number that is shown.
    private static let longestNumber = 40
    /// Characters of a pointer; the middle of a longer one is left out.
    private static let longestPointer = 512

    /// - Parameter personal: places on the tape that are marked so.
    init(tape: JSONTape, personal: Set<Int>) {
        self.tape = tape
        self.personal = DriftCollection.pointers(tape, personal)
    }

    mutating func add(_ violations: [Violation]) {
        for violation in violations { add(violation) }
        // Whatever else there is may be worse.
        guard violations.count + 1 >= SchemaEvaluator.violationLimit || findings.count >= DriftCollection.limit else {
            return
        }
        findings.append(
            DriftFinding(
                pointer: "", kind: .other, expected: "fewer departures", seen: "too many to tell them all",
                breaksContract: true))
    }

    private mutating func add(_ violation: Violation) {
        let way = JSONPointer(violation.instancePointer) ?? JSONPointer()
        var tokens = JSONPointer(violation.generalPointer)?.tokens ?? []
        let kind: DriftFinding.Kind
        switch violation.keyword {
        case "required", "dependentRequired", "dependencies":
            kind = violation.member == nil ? .other : .missing
            if let member = violation.member { tokens.append(member) }
        case "type": kind = .type
        case "enum", "const": kind = .enum
        case "format": kind = .format
        case "additionalProperties", "unevaluatedProperties":
            kind = .unknownField
            DriftCollection.conceal(&tokens)
            forbidden.insert(JSONPointer(tokens: tokens).description)
        default: kind = .other
        }
        let place = tape.place(of: way) ?? 0
        let (seen, observed) = seen(violation, kind, way, place)
        let finding = DriftFinding(
            pointer: DriftCollection.shown(tokens), kind: kind, expected: violation.expected, seen: seen,
            breaksContract: true, schemaPointer: violation.schemaPointer, observed: observed)
        if add(finding), kind == .unknownField, !isKeptBack(way) {
            findings[findings.count - 1].observed = ObservedSchema.schema(of: tape.value(at: place))
        }
    }

    /// The value in few words, and what a schema would have to allow for it; nothing where that would be free text.
    private func seen(
        _ violation: Violation, _ kind: DriftFinding.Kind, _ way: JSONPointer, _ place: Int
    ) -> (String, JSONValue?) {
        let type = SchemaEvaluator.typeName(at: place, in: tape)
        switch kind {
        case .type: return (violation.seen, ["type": .string(type)])
        case .missing: return (violation.seen, nil)
        case _ where isKeptBack(way): return ("a \(type) that is kept back", nil)
        case .unknownField, .format: return (violation.seen, nil)
        case .enum:
            switch tape.nodes[place].kind {
            // What was seen is quoted where it is a word, and told by its length where it is not.
            case .string where !violation.seen.hasPrefix("\""), .key, .array, .object: return (type, nil)
            default:
                guard violation.seen.utf8.count <= DriftCollection.longestNumber else { return (type, nil) }
                return (violation.seen, ["const": tape.value(at: place)])
            }
        case .other, .status, .endpoint: return limit(violation, place, type)
        }
    }

    /// How far a number, a length or a size went.
    private func limit(_ violation: Violation, _ place: Int, _ type: String) -> (String, JSONValue?) {
        let reached: JSONValue
        switch tape.nodes[place].kind {
        case .integer, .number:
            guard violation.seen.utf8.count <= DriftCollection.longestNumber else { return (type, nil) }
            reached = tape.value(at: place)
        case .string: reached = JSONValue(tape.string(place).unicodeScalars.count)
        case .array, .object: reached = JSONValue(Int(tape.nodes[place].length))
        default: return (violation.seen, nil)
        }
        return (violation.seen, ["minimum": reached, "maximum": reached])
    }

    private func isKeptBack(_ way: JSONPointer) -> Bool {
        if way.tokens.contains(where: { Redaction.standard.isSecret(member: $0) }) { return true }
        guard !personal.isEmpty else { return false }
        var pointer = ""
        for token in way.tokens {
            if personal.contains(pointer) { return true }
            pointer += "/" + JSONPointer.escape(token)
        }
        return personal.contains(pointer)
    }

    /// Members of objects the schema names members for, that it does not name.
    mutating func addUnknownMembers(_ evaluator: SchemaEvaluator) {
        guard evaluator.undeclared != 0 else { return }
        var tokens: [String] = []
        walk(0, &tokens, evaluator.marks)
    }

    private mutating func walk(_ place: Int, _ tokens: inout [String], _ marks: UnsafePointer<UInt8>) {
        switch tape.nodes[place].kind {
        case .array:
            tokens.append("*")
            for element in tape.elements(of: place) { walk(element, &tokens, marks) }
            tokens.removeLast()
        case .object:
            let hasNames = marks[place] & SchemaEvaluator.Mark.entered != 0
            for member in tape.members(of: place) {
                tokens.append(hasNames ? tape.string(member.key) : "*")
                DriftCollection.conceal(&tokens)
                if hasNames, marks[member.value] & SchemaEvaluator.Mark.known == 0 {
                    add(unknown: member.value, tokens)
                } else {
                    walk(member.value, &tokens, marks)
                }
                tokens.removeLast()
            }
        default: return
        }
    }

    private mutating func add(unknown place: Int, _ tokens: [String]) {
        let pointer = JSONPointer(tokens: tokens).description
        guard !forbidden.contains(pointer) else { return }
        let type = SchemaEvaluator.typeName(at: place, in: tape)
        let finding = DriftFinding(
            pointer: DriftCollection.shown(tokens), kind: .unknownField, expected: "no such member", seen: type,
            breaksContract: false)
        if add(finding) {
            findings[findings.count - 1].observed = ObservedSchema.schema(of: tape.value(at: place))
        }
    }

    /// Whether it is one that was not there.
    private mutating func add(_ finding: DriftFinding) -> Bool {
        if let place = places[finding.shape] {
            findings[place].count += 1
            return false
        }
        guard findings.count < DriftCollection.limit else { return false }
        places[finding.shape] = findings.count
        findings.append(finding)
        return true
    }

    /// A name that is data becomes `*`.
    private static func conceal(_ tokens: inout [String]) {
        guard let name = tokens.last, SampleNames.isData(name) else { return }
        tokens[tokens.count - 1] = "*"
    }

    private static func shown(_ tokens: [String]) -> String {
        let pointer = JSONPointer(tokens: tokens).description
        guard pointer.utf8.count > longestPointer else { return pointer }
        return JSONPointer(tokens: tokens.prefix(3) + ["*"] + tokens.suffix(3)).description
    }

    private static func pointers(_ tape: JSONTape, _ places: Set<Int>) -> Set<String> {
        guard !places.isEmpty else { return [] }
        var pointers: Set<String> = []
        var open: [(place: Int, pointer: String)] = [(0, "")]
        while let (place, pointer) = open.popLast() {
            if places.contains(place) {
                pointers.insert(pointer)
                continue
            }
            switch tape.nodes[place].kind {
            case .array:
                for (index, element) in tape.elements(of: place).enumerated() {
                    open.append((element, pointer + "/\(index)"))
                }
            case .object:
                for member in tape.members(of: place) {
                    open.append((member.value, pointer + "/" + JSONPointer.escape(tape.string(member.key))))
                }
            default: break
            }
        }
        return pointers
    }
}
