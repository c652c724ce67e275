extension Project {
    /// The environment variable that chooses another environment than `footing.yaml` does.
    public static let environmentVariable = "FOOTING_ENV"

    /// Loads and checks a project.
    ///
    /// Every file is read even when others are broken, and everything that is wrong is in the result's findings, never
    /// only the first. Files over 4 MB are refused. Nothing outside the project is touched.
    ///
    /// - Parameters:
    ///   - folder: the project folder or the `footing/` folder in it.
    ///   - environment: the process's environment variables; only `FOOTING_ENV` is looked at.
    public static func load(folder: String, environment variables: [String: String]) -> LoadResult {
        let files = InventoryFiles()
        let given = InventoryFiles.absolute(folder, from: InventoryFiles.currentFolder)
        let inner = InventoryFiles.absolute("footing", from: given)
        let isInner = files.isFolder(inner) || !files.isFile("\(given)/\(ProjectReader.fileName)")
        let session = LoadSession(folder: isInner ? inner : given)

        guard files.isFolder(session.folder) else {
            session.collector.error(
                "there is no footing folder in \(given)", in: session.shown(ProjectReader.fileName),
                expected: "a project folder that contains footing/footing.yaml")
            return LoadResult(project: nil, findings: session.collector.sorted())
        }
        let project = read(session, variables)
        let hasErrors = session.collector.errorCount > 0
        return LoadResult(project: hasErrors ? nil : project, findings: session.collector.sorted())
    }

    static func read(_ session: LoadSession, _ variables: [String: String]) -> Project {
        let settings = ProjectReader(session: session).read()
        let providers = session.files.documents(in: "\(session.folder)/providers")
            .compactMap { ProviderReader(session: session).read($0) }
        let recipes = session.files.documents(in: "\(session.folder)/recipes")
            .compactMap { RecipeReader(session: session).read($0) }
        let environment = chosenEnvironment(variables, session) ?? settings.environment ?? .sandbox
        CrossChecks(session: session, providers: providers).run(environment: environment)
        return Project(
            name: settings.name, environment: environment, listen: settings.listen, tls: settings.tls,
            app: settings.app,
            browser: settings.browser, secrets: settings.secrets, callers: settings.callers,
            budgets: settings.budgets, keep: settings.keep, workspace: settings.workspace, drain: settings.drain,
            language: settings.language,
            providers: providers, recipes: recipes,
            folder: session.folder)
    }

    private static func chosenEnvironment(_ variables: [String: String], _ session: LoadSession) -> EnvironmentName? {
        guard let value = variables[environmentVariable], !value.isEmpty else { return nil }
        if let name = EnvironmentName(rawValue: value) { return name }
        let words = EnvironmentName.allCases.map(\.rawValue)
        session.collector.error(
            "the environment variable \(environmentVariable) is \(Field.quoted(value))",
            in: session.shown(ProjectReader.fileName), path: "/environment", expected: words.joined(separator: " or "),
            suggestion: Spelling.suggestion(for: value, among: words))
        return nil
    }
}
