/// An external system and everything the project has agreed about it.
public struct Provider: Sendable {
    public let name: String
    public let title: String
    public let about: String?
    public let owner: Owner?
    /// Who may take a change back.
    public let rollbackOwner: String?
    public let links: ProviderLinks
    /// What the provider may do with the data it receives.
    public let dataUse: String?
    public let sla: String?
    public let environments: [EnvironmentName: ProviderEnvironment]
    public let auth: Auth
    public let limits: Limits?
    public let timeouts: Timeouts
    public let retries: RetryRules
    public let breaker: BreakerRules
    /// The error map; the first rule that fits an answer decides, after those of the operation.
    public let errors: [ErrorRule]
    /// What happens when answers depart from what was agreed; operations may say otherwise.
    public let drift: DriftRules
    /// In the order of the file.
    public let operations: [Operation]
    /// The file, relative to the project folder.
    public let file: String
    public let line: Int

    public init(
        name: String, title: String? = nil, about: String? = nil, owner: Owner? = nil, rollbackOwner: String? = nil,
        links: ProviderLinks = ProviderLinks(), dataUse: String? = nil, sla: String? = nil,
        environments: [EnvironmentName: ProviderEnvironment] = [:], auth: Auth = .none, limits: Limits? = nil,
        timeouts: Timeouts = Timeouts(), retries: RetryRules = RetryRules(), breaker: BreakerRules = BreakerRules(),
        errors: [ErrorRule] = [], drift: DriftRules = .fail, operations: [Operation] = [], file: String = "",
        line: Int = 0
    ) {
        self.name = name
        self.title = title ?? name
        self.about = about
        self.owner = owner
        self.rollbackOwner = rollbackOwner
        self.links = links
        self.dataUse = dataUse
        self.sla = sla
        self.environments = environments
        self.auth = auth
        self.limits = limits
        self.timeouts = timeouts
        self.retries = retries
        self.breaker = breaker
        self.errors = errors
        self.drift = drift
        self.operations = operations
        self.file = file
        self.line = line
    }

    public func operation(named name: String) -> Operation? {
        operations.first { $0.name == name }
    }

    /// The operation that a method and path belong to; of several that fit, the one with the most literal path.
    ///
    /// - Parameter path: the path below the provider's base path, still percent-encoded, without query.
    public func match(method: String, path: String) -> OperationMatch? {
        var best: OperationMatch?
        for operation in operations where operation.method == method {
            guard let parameters = operation.path.match(path) else { continue }
            if let chosen = best, !operation.path.isMoreSpecific(than: chosen.operation.path) { continue }
            best = OperationMatch(operation: operation, parameters: parameters)
        }
        return best
    }
}
