/// Compares what files say about each other, once all of them are read.
struct CrossChecks {
    let session: LoadSession
    let providers: [Provider]

    func run(environment: EnvironmentName) {
        for use in session.callUses { check(use) }
        for use in session.secretUses { checkSecret(use) }
        for use in session.scopeUses { checkScope(use) }
        for provider in providers { check(environment, of: provider) }
    }

    private func check(_ use: CallUse) {
        guard checkOperation(provider: use.provider, operation: use.operation, at: use.field) else { return }
        guard let operation = providers.first(where: { $0.name == use.provider })?.operation(named: use.operation)
        else { return }
        checkArguments(use, operation)
    }

    /// Whether the operation exists; reports one that does not, unless it may be in a file that could not be read.
    private func checkOperation(provider: String, operation: String, at field: Field) -> Bool {
        guard let known = session.operationNames[provider] else {
            field.error(
                "there is no provider \"\(provider)\"",
                suggestion: Spelling.suggestion(for: provider, among: session.operationNames.keys)
                    .map { "\($0).\(operation)" })
            return false
        }
        guard let operations = known else { return false }
        guard operations.contains(operation) else {
            field.error(
                "provider \(provider) has no operation \"\(operation)\"",
                expected: operations.isEmpty ? nil : "one of \(operations.sorted().joined(separator: ", "))",
                suggestion: Spelling.suggestion(for: operation, among: operations).map { "\(provider).\($0)" })
            return false
        }
        return true
    }

    /// Compares the path parameters of an operation with those that a call gives, where they can be seen.
    private func checkArguments(_ use: CallUse, _ operation: Operation) {
        if let arguments = use.arguments, arguments.entries == nil { return }
        let path = use.arguments?["path"]
        if let path, path.entries == nil { return }
        let given = path?.entries?.map(\.key) ?? []
        let wanted = operation.path.parameters
        for name in wanted where !given.contains(name) {
            use.field.error(
                "the call of \(use.provider).\(use.operation) lacks the path parameter \"\(name)\"",
                expected: "with: { path: { \(name): ... } }")
        }
        for name in given where !wanted.contains(name) {
            use.field.error(
                "the path \(operation.path) of \(use.provider).\(use.operation) has no parameter \(Field.quoted(name))",
                suggestion: Spelling.suggestion(for: name, among: wanted))
        }
    }

    private func checkSecret(_ use: NameUse) {
        guard let known = session.secretNames, !known.contains(use.name) else { return }
        use.field.error(
            "the secret \"\(use.name)\" is not declared",
            expected: "a line \"\(use.name): {}\" under \"secrets\" in \(session.shown(ProjectReader.fileName))",
            suggestion: Spelling.suggestion(for: use.name, among: known))
    }

    private func checkScope(_ use: NameUse) {
        if use.name.hasPrefix("task:") {
            let recipe = String(use.name.dropFirst(5))
            guard recipe != "*", !session.recipeNames.contains(recipe), !session.hasBrokenRecipe else { return }
            use.field.error(
                "there is no recipe \"\(recipe)\"",
                suggestion: Spelling.suggestion(for: recipe, among: session.recipeNames).map { "task:\($0)" })
        } else if use.name.hasPrefix("call:") {
            let parts = use.name.dropFirst(5).split(separator: ".")
            guard parts.count == 2 else { return }
            if parts[1] == "*" {
                guard session.operationNames[String(parts[0])] == nil else { return }
                use.field.error(
                    "there is no provider \"\(parts[0])\"",
                    suggestion: Spelling.suggestion(for: String(parts[0]), among: session.operationNames.keys)
                        .map { "call:\($0).*" })
            } else {
                _ = checkOperation(provider: String(parts[0]), operation: String(parts[1]), at: use.field)
            }
        }
    }

    private func check(_ environment: EnvironmentName, of provider: Provider) {
        guard provider.environments[environment] == nil,
            let field = session.environmentFields[provider.name], field.node.entries != nil
        else { return }
        field.error(
            "provider \(provider.name) has no environment \"\(environment.rawValue)\", which the project is in",
            expected: "environments: { \(environment.rawValue): { url: ... } }")
    }
}
