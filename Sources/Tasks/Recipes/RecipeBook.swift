import Contracts
package import Inventory
import Synchronization

/// The recipes of the project in force, compiled; `update` swaps them all at once.
package final class RecipeBook: Sendable {
    private struct Pages {
        let project: Project
        let recipes: [String: Result<CompiledRecipe, RecipeFault>]
    }

    private let pages: Mutex<Pages>

    /// Compiling jq is put off until a program is first needed, so that a server starts fast; `findings` does it at once.
    package init(project: Project) {
        pages = Mutex(Self.pages(project))
    }

    /// Takes over a changed project. Tasks under way whose recipe has changed end with `recipe_changed`.
    package func update(_ project: Project) {
        let fresh = Self.pages(project)
        pages.withLock { $0 = fresh }
    }

    /// The recipe of that name, built-in ones included.
    package func recipe(named name: String) -> Recipe? {
        try? compiled(name)?.recipe
    }

    /// The absolute path of the `footing/` folder.
    package var folder: String { pages.withLock { $0.project.folder } }

    /// Everything that is wrong with the recipes beyond their form: expressions, programs, schemas, templates.
    package static func findings(_ project: Project, renderer: Renderer) -> [Finding] {
        project.recipes.flatMap { recipe in
            var findings: [Finding] = []
            do throws(RecipeFault) {
                _ = try CompiledRecipe(recipe, .now)
            } catch {
                findings.append(
                    Finding(severity: .error, file: recipe.file, line: recipe.line, message: error.message))
            }
            for step in recipe.steps {
                if case .render(let template, _, _) = step.kind {
                    findings += renderer.check(template: template, file: recipe.file, line: step.line)
                }
            }
            return findings
        }
    }

    /// nil if there is no such recipe. Throws if it cannot be run.
    func compiled(_ name: String) throws(RecipeFault) -> CompiledRecipe? {
        let (recipe, project) = pages.withLock { ($0.recipes[name], $0.project) }
        if let recipe { return try recipe.get() }
        guard name.hasPrefix(CompiledRecipe.callPrefix) else { return nil }
        let parts = name.dropFirst(CompiledRecipe.callPrefix.count).split(
            separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2,
            let operation = project.operation(provider: String(parts[0]), named: String(parts[1]))
        else { return nil }
        return try CompiledRecipe.call(provider: String(parts[0]), operation: operation)
    }

    /// The recipe name most like `name`, if any is near.
    func suggestion(for name: String) -> String? {
        Nearest.word(to: name, among: pages.withLock { $0.project.recipes.map(\.name) })
    }

    private static func pages(_ project: Project) -> Pages {
        var recipes: [String: Result<CompiledRecipe, RecipeFault>] = [:]
        for recipe in project.recipes {
            recipes[recipe.name] = Result { () throws(RecipeFault) in try CompiledRecipe(recipe, .firstRun) }
        }
        return Pages(project: project, recipes: recipes)
    }
}
