/// What calls may cost on one day (UTC), by the costs that operations declare. Nil: any amount.
public struct Budgets: Hashable, Sendable {
    /// For each tenant.
    public let tenant: Money?
    /// For all tenants together.
    public let project: Money?

    public init(tenant: Money? = nil, project: Money? = nil) {
        self.tenant = tenant
        self.project = project
    }

    /// The currencies that a cost must be in to be counted.
    public var currencies: Set<String> {
        Set([tenant, project].compactMap { $0?.currency })
    }
}
