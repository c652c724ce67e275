/// What an anonymous browser of the app may do, and for how long.
public struct BrowserSession: Hashable, Sendable {
    /// Scopes such as `task:commute-report` or `call:rents.search`; never `admin`.
    public let scopes: [String]
    public let ttl: Duration

    public init(scopes: [String], ttl: Duration = .seconds(8 * 3600)) {
        self.scopes = scopes
        self.ttl = ttl
    }
}
