/// One thing a provider can do.
public struct Operation: Sendable {
    public let name: String
    public let about: String?
    /// The HTTP method in capitals.
    public let method: String
    /// The path below the provider's base path.
    public let path: PathTemplate
    public let risk: Risk
    public let latency: Latency
    /// The header in which the provider honours an idempotency key; nil when it honours none.
    public let idempotencyHeader: String?
    /// What the provider allows for this operation, inside what it allows for all.
    public let limits: Limits?
    /// The time one try may take, when it differs from the provider's.
    public let timeout: Duration?
    /// The answers worth another try, when they differ from the provider's.
    public let retryStatuses: Set<Int>?
    public let request: RequestContract
    /// The JSON Schema of a 2xx body.
    public let response: JSONSource?
    /// The contracts of answers by their status, beside or in place of `response`.
    public let responses: [AnswerContract]
    public let drift: DriftRules
    /// The mapping from the body to the model: an object of field to path, or `{"jq": "..."}`.
    public let model: JSONSource?
    /// What one call costs.
    public let cost: Money?
    /// For how long answers are kept; nil: not at all.
    public let cache: CacheRules?
    /// Calls that work, each under its name.
    public let examples: [DeclaredExample]
    /// The error map of this operation; it goes before the provider's.
    public let errors: [ErrorRule]
    public let line: Int

    public init(
        name: String, about: String? = nil, method: String, path: PathTemplate, risk: Risk = .read,
        latency: Latency = .fast, idempotencyHeader: String? = nil, limits: Limits? = nil,
        timeout: Duration? = nil, retryStatuses: Set<Int>? = nil, request: RequestContract = RequestContract(),
        response: JSONSource? = nil,
        responses: [AnswerContract] = [], drift: DriftRules = .fail, model: JSONSource? = nil, cost: Money? = nil,
        cache: CacheRules? = nil, examples: [DeclaredExample] = [], errors: [ErrorRule] = [], line: Int = 0
    ) {
        self.name = name
        self.about = about
        self.method = method
        self.path = path
        self.risk = risk
        self.latency = latency
        self.idempotencyHeader = idempotencyHeader
        self.limits = limits
        self.timeout = timeout
        self.retryStatuses = retryStatuses
        self.request = request
        self.response = response
        self.responses = responses
        self.drift = drift
        self.model = model
        self.cost = cost
        self.cache = cache
        self.examples = examples
        self.errors = errors
        self.line = line
    }
}
