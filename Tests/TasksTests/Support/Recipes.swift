import Inventory

/// Short forms for the recipes of tests.
extension RecipeStep {
    static func call(
        _ name: String, _ operation: String = "rents.search", with: String? = nil, forEach: String? = nil,
        label: String? = nil, concurrency: Int = 1, when: String? = nil
    ) -> RecipeStep {
        let parts = operation.split(separator: ".")
        return RecipeStep(
            name: name,
            kind: .call(
                provider: String(parts[0]), operation: String(parts[1]),
                with: with.map { JSONSource(text: $0, file: "footing/recipes/r.yaml", line: 1) }),
            forEach: forEach, label: label, concurrency: concurrency, when: when)
    }

    static func transform(_ name: String, _ program: String, when: String? = nil) -> RecipeStep {
        RecipeStep(name: name, kind: .transform(program: program), when: when)
    }

    static func wait(_ name: String, _ duration: Duration) -> RecipeStep {
        RecipeStep(name: name, kind: .wait(duration))
    }
}

extension Recipe {
    static func of(
        _ name: String, _ steps: [RecipeStep], result: String? = nil, input: String? = nil, title: String? = nil,
        fingerprint: String = "0011223344556677"
    ) -> Recipe {
        Recipe(
            name: name, title: title,
            input: input.map { JSONSource(text: $0, file: "footing/recipes/r.yaml", line: 1) }, steps: steps,
            result: result, file: "footing/recipes/\(name).yaml", line: 1, fingerprint: fingerprint)
    }
}
