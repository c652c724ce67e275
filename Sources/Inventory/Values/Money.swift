/// An amount in one currency, exact to a billionth: `0.002 USD` is 2,000,000 nanos of USD.
public struct Money: Hashable, Sendable {
    /// Billionths of the currency's unit.
    public let nanos: Int64
    /// The ISO 4217 code, three capital letters.
    public let currency: String

    public init(nanos: Int64, currency: String) {
        self.nanos = nanos
        self.currency = currency
    }
}
