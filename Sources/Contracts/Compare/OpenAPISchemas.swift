/// The schemas of two OpenAPI documents that are to be compared.
///
/// All schemas of a document and direction are compiled to one program, so that what many operations share is compiled and
/// compared once.
struct OpenAPISchemas {
    private struct Question {
        let place: String
        let old: JSONPointer?
        let new: JSONPointer?
    }

    private let old: JSONValue
    private let new: JSONValue
    private var questions: [ContractChange.Side: [Question]] = [:]

    init(old: JSONValue, new: JSONValue) {
        self.old = old
        self.new = new
    }

    /// To be compared: the schemas at two places; none stands for one that lets everything through.
    mutating func ask(_ place: String, _ side: ContractChange.Side, old: JSONPointer?, new: JSONPointer?) {
        questions[side, default: []].append(Question(place: place, old: old, new: new))
    }

    func changes() -> [ContractChange] {
        ContractChange.Side.allCases.flatMap { side in
            changes(questions[side] ?? [], side)
        }
    }

    private func changes(_ questions: [Question], _ side: ContractChange.Side) -> [ContractChange] {
        var changes: [ContractChange] = []
        let earlier = OpenAPIProgram(old, questions.map(\.old), side)
        let later = OpenAPIProgram(new, questions.map(\.new), side)
        guard let first = earlier.schema, let second = later.schema else { return [] }
        var pair = SchemaPair(old: first, new: second)
        for (index, question) in questions.enumerated() {
            if let fault = earlier.faults[index] ?? later.faults[index] {
                changes.append(
                    ContractChange(
                        .risky, side, place: question.place, rule: "schema",
                        message: "its schema cannot be used and is not compared: \(fault)"))
                continue
            }
            for var change in pair.changes(for: side, old: earlier.nodes[index], new: later.nodes[index]) {
                change.place = question.place
                changes.append(change)
            }
        }
        return changes
    }
}
