/// Everything a project's `footing/` folder says, loaded and checked as a whole.
///
/// A value of this type has no errors in it: secrets, operations and environments that it mentions exist.
public struct Project: Sendable {
    public let name: String
    /// The environment in force.
    public let environment: EnvironmentName
    public let listen: ListenAddress
    /// nil: callers come without TLS.
    public let tls: ListenTLS?
    public let app: AppFiles?
    public let browser: BrowserSession?
    public let secrets: [SecretName: SecretDeclaration]
    public let callers: CallerRules
    public let budgets: Budgets
    public let keep: Retention
    public let workspace: WorkspaceRules
    public let drain: DrainTimes
    /// The language tag of the texts that users read, where an error map gives none for their language.
    public let language: String
    /// Sorted by name.
    public let providers: [Provider]
    /// Sorted by name.
    public let recipes: [Recipe]
    /// The absolute path of the `footing/` folder.
    public let folder: String

    public static let standardLanguage = "en"

    public init(
        name: String, environment: EnvironmentName = .sandbox, listen: ListenAddress = .standard,
        tls: ListenTLS? = nil, app: AppFiles? = nil, browser: BrowserSession? = nil,
        secrets: [SecretName: SecretDeclaration] = [:],
        callers: CallerRules = CallerRules(), budgets: Budgets = Budgets(),
        keep: Retention = Retention(), workspace: WorkspaceRules = WorkspaceRules(),
        drain: DrainTimes = DrainTimes(),
        language: String = Project.standardLanguage, providers: [Provider] = [], recipes: [Recipe] = [],
        folder: String = "/"
    ) {
        self.name = name
        self.environment = environment
        self.listen = listen
        self.tls = tls
        self.app = app
        self.browser = browser
        self.secrets = secrets
        self.callers = callers
        self.budgets = budgets
        self.keep = keep
        self.workspace = workspace
        self.drain = drain
        self.language = language
        self.providers = providers.sorted { $0.name < $1.name }
        self.recipes = recipes.sorted { $0.name < $1.name }
        self.folder = folder
    }

    public func provider(named name: String) -> Provider? {
        providers.first { $0.name == name }
    }

    public func operation(provider: String, named name: String) -> Operation? {
        self.provider(named: provider)?.operation(named: name)
    }

    public func recipe(named name: String) -> Recipe? {
        recipes.first { $0.name == name }
    }
}
