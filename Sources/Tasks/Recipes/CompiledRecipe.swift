import Contracts
import Inventory
import Store

/// A recipe ready to run.
struct CompiledRecipe: Sendable {
    let recipe: Recipe
    let input: InputContract?
    let steps: [CompiledStep]
    private let title: Formula?
    private let result: Formula?

    var name: String { recipe.name }

    /// Throws the first fault, with the line it stands at.
    init(_ recipe: Recipe, _ timing: JQProgram.Timing) throws(RecipeFault) {
        self.recipe = recipe
        input = try recipe.input.map { source throws(RecipeFault) in try InputContract(source) }
        var steps: [CompiledStep] = []
        for step in recipe.steps {
            do throws(RecipeFault) {
                steps.append(try CompiledStep(step, timing))
            } catch {
                throw RecipeFault("step \"\(step.name)\": \(error.message)")
            }
        }
        self.steps = steps
        title = try Formula(text: recipe.title, "title", timing)
        result = try recipe.result.map { text throws(RecipeFault) in try Formula(text: text, "result", timing) }
    }

    private init(call recipe: Recipe, step: CompiledStep, result: Formula) {
        self.recipe = recipe
        input = nil
        steps = [step]
        title = nil
        self.result = result
    }

    /// The title of a task with this input: one line of at most `limit` characters.
    func title(input: JSONValue, limit: Int) -> String {
        let text = (try? title?.text(["input": input], step: "title")) ?? recipe.title
        let line = String(text.map { $0.isNewline ? " " : $0 })
        return line.isEmpty ? recipe.name : line.count > limit ? String(line.prefix(limit - 1)) + "…" : line
    }

    /// The task's result once all steps are done; null if the recipe names none.
    func result(_ context: RunContext) throws(Problem) -> JSONValue {
        guard let result else { return .null }
        return try result.value(context.json, step: "result")
    }

    // MARK: - The built-in recipe of one call

    /// What the names of built-in recipes begin with; no recipe of an inventory has a colon in its name.
    static let callPrefix = "call:"

    /// The recipe of a single call, for operations that are too slow to wait for.
    static func call(provider: String, operation: Operation) throws(RecipeFault) -> CompiledRecipe {
        let step = RecipeStep(
            name: operation.name, title: operation.about ?? operation.name,
            kind: .call(
                provider: provider, operation: operation.name,
                with: JSONSource(text: #""${ .input }""#, file: "", line: 0)))
        let name = "\(callPrefix)\(provider).\(operation.name)"
        let recipe = Recipe(
            name: name, title: operation.about ?? "\(provider).\(operation.name)", steps: [step],
            fingerprint: "one call, first form")
        let result = try Formula(text: "${ .steps[\(JSONValue.string(operation.name).text)] }", "result", .firstRun)
        return CompiledRecipe(call: recipe, step: try CompiledStep(step, .firstRun), result: result)
    }
}
