/// Reads one file of `recipes/`.
struct RecipeReader {
    let session: LoadSession

    /// The recipe, with stand-ins for what is wrong in it; nil when the file cannot be read at all.
    func read(_ fileName: String) -> Recipe? {
        let name = "recipes/\(fileName)"
        let file = session.shown(name)
        let fallback = String(fileName.prefix { $0 != "." })
        guard let root = session.document(name),
            let reader = MapReader.root(
                root, file: file, kind: "recipe", title: "recipe \(root["recipe"]?.text ?? fallback)",
                collector: session.collector)
        else {
            session.hasBrokenRecipe = true
            return nil
        }
        defer { reader.finish() }
        let recipeName = reader.name("recipe", required: true) ?? fallback
        if !session.recipeNames.insert(recipeName).inserted {
            reader.error("the recipe \"\(recipeName)\" is described in another file already", at: "recipe")
        }
        let expressions = ExpressionReader()
        let title = expressions.text("title", in: reader)
        let about = reader.text("about")
        let input = JSONContentReader(session: session).schema("input", in: reader)
        let steps = steps(reader)
        let result = expressions.expression("result", in: reader)
        StepReferences(stepNames: steps.map(\.name)).checkResult(reader)
        return Recipe(
            name: recipeName, title: title, about: about, input: input?.source, steps: steps, result: result,
            file: file, line: reader.field.node.position.line,
            fingerprint: Fingerprint.of(root.json, input?.source.text ?? ""))
    }

    private func steps(_ reader: MapReader) -> [RecipeStep] {
        let expected = "a list of steps"
        guard let field = reader.value("steps", required: expected) else { return [] }
        if field.node.items?.isEmpty == true { field.error("\(reader.title) has no steps", expected: expected) }
        var steps: [RecipeStep] = []
        var files: [String: String] = [:]
        for item in field.items {
            guard let step = StepReader(session: session).read(item, earlier: steps) else { continue }
            if let twin = steps.first(where: { $0.name == step.name }) {
                item.error("the step name \"\(step.name)\" is taken by the step on line \(twin.line)")
            }
            if let file = step.outputFile, let twin = files.updateValue(step.name, forKey: file) {
                item.warning("step \(step.name) writes the same file as step \(twin): \(file)")
            }
            steps.append(step)
        }
        return steps
    }
}

extension RecipeStep {
    /// The file that a step leaves in the workspace.
    fileprivate var outputFile: String? {
        switch kind {
        case .table(let file, _, _), .render(_, let file, _): file
        case .call, .transform, .wait: nil
        }
    }
}
