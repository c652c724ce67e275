import Contracts
import Inventory
import Store

/// An expression of a recipe, ready to be evaluated, with the place it stands at.
struct Formula: Sendable {
    private let expression: Expression
    private let place: String

    /// `place` is how a finding names it, e.g. `for_each`. Throws a sentence for a finding.
    init(_ value: JSONValue, _ place: String, _ timing: JQProgram.Timing) throws(RecipeFault) {
        self.place = place
        do throws(ExpressionError) {
            expression = try Expression.compile(value, timing)
        } catch {
            throw RecipeFault("\(place) holds an expression that cannot be used: \(error)")
        }
    }

    init(text: String, _ place: String, _ timing: JQProgram.Timing) throws(RecipeFault) {
        try self.init(.string(text), place, timing)
    }

    /// Throws `Problem`, which names the step but not the value that jq quotes.
    func value(_ context: JSONValue, step: String) throws(Problem) -> JSONValue {
        do throws(ExpressionError) {
            return try expression.evaluate(context: context)
        } catch {
            throw Problem.stepBroken(step, "its \(place) could not be computed.", log: "\(error)")
        }
    }

    /// The value as text: a string as it is, null as nothing, anything else as compact JSON.
    func text(_ context: JSONValue, step: String) throws(Problem) -> String {
        switch try value(context, step: step) {
        case .string(let text): text
        case .null: ""
        case let other: other.text
        }
    }
}
