/// Everything a project's `footing/` folder says, loaded and checked as a whole.
///
/// A value of this type has no errors in it: secrets, operations and environments that it mentions exist.
public struct Project: Sendable {
    public let name: String
    /// The environment in force.
    public let environment: EnvironmentName
    public let listen: ListenAddress
    public let app: AppFiles?
    public let browser: BrowserSession?
    public let secrets: [SecretName: SecretDeclaration]
    /// Sorted by name.
    public let providers: [Provider]
    /// Sorted by name.
    public let recipes: [Recipe]
    /// The absolute path of the `footing/` folder.
    public let folder: String

    public init(
        name: String, environment: EnvironmentName = .sandbox, listen: ListenAddress = .standard,
        app: AppFiles? = nil, browser: BrowserSession? = nil, secrets: [SecretName: SecretDeclaration] = [:],
        providers: [Provider] = [], recipes: [Recipe] = [], folder: String = "/"
    ) {
        self.name = name
        self.environment = environment
        self.listen = listen
        self.app = app
        self.browser = browser
        self.secrets = secrets
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
