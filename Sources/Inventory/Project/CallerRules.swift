/// The limits of callers: of each token, of all tokens of one tenant, of each network address. Nil: no limit.
public struct CallerRules: Hashable, Sendable {
    public let token: CallerBounds?
    public let tenant: CallerBounds?
    public let address: CallerBounds?

    public static let standardToken = CallerBounds(
        rate: Rate(count: 200, per: .seconds(1)), burst: 400, concurrency: 256)
    public static let standardTenant = CallerBounds(
        rate: Rate(count: 1000, per: .seconds(1)), burst: 2000, concurrency: 1024)
    public static let standardAddress = CallerBounds(
        rate: Rate(count: 500, per: .seconds(1)), burst: 1000, concurrency: 512)

    public init(
        token: CallerBounds? = CallerRules.standardToken, tenant: CallerBounds? = CallerRules.standardTenant,
        address: CallerBounds? = CallerRules.standardAddress
    ) {
        self.token = token
        self.tenant = tenant
        self.address = address
    }
}
