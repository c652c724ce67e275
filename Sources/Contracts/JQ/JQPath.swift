/// A jq program that only walks down (`.input.areas[0].name`): run here, without libjq.
///
/// Most pieces of a recipe are of this kind; they cost nothing to compile and keep the text of numbers. Results and
/// errors are those of jq.
struct JQPath: Sendable, Hashable {
    enum Step: Sendable, Hashable {
        case member(String)
        case element(Int)
    }

    let steps: [Step]

    /// Nil when the program does more than walk down.
    init?(_ program: String) {
        var reader = JQPathReader(program)
        guard let steps = reader.read() else { return nil }
        self.steps = steps
    }

    func run(_ input: JSONValue) throws(JQError) -> JSONValue {
        var current = input
        for step in steps { current = try walk(step, from: current) }
        return current
    }

    private func walk(_ step: Step, from value: JSONValue) throws(JQError) -> JSONValue {
        switch (step, value) {
        case (_, .null): return .null
        case (.member(let name), .object(let object)): return object[name] ?? .null
        case (.element(let place), .array(let elements)):
            let index = place < 0 ? elements.count + place : place
            return elements.indices.contains(index) ? elements[index] : .null
        case (.member(let name), _):
            throw JQError(code: .run, message: "Cannot index \(value.typeName) with string \"\(name)\"")
        case (.element, _):
            throw JQError(code: .run, message: "Cannot index \(value.typeName) with number")
        }
    }
}
